// <career-coach>: the coach as a web component. One file, no dependency, nothing ever inserted as HTML.
// docs/web.md tells how to embed it. Attributes: src, heading, lang, theme, place, open. Properties: getToken, labels.

const LABELS = {
  title: "Career coach", open: "Open the career coach", close: "Close", fresh: "New conversation", log: "Conversation",
  write: "Write a message", hint: "Ask in your own words", send: "Send", you: "You", coach: "Coach", typing: "The coach is writing",
  sending: "Sending", failed: "Not sent", retry: "Try again", offline: "No connection. I will try again as soon as it is back.",
  loading: "Loading the conversation", earlier: "Earlier messages", sources: "Sources", checked: "checked", unread: "new messages",
  download: "Download", up: "This helped", down: "This did not help", why: "A word on why? (optional)", thanks: "Thank you, noted.",
  chosen: "chosen", left: "characters left", signIn: "You are not signed in, or no longer. Please load the page anew.",
  clear: "Start anew? What I know about you stays.", yes: "Start anew", no: "Cancel", table: "Table",
};

const DARK = `--bg:#161b22;--fg:#e8ecf1;--soft:#222a34;--line:#708090;--dim:#b3bdc9;--accent:var(--coach-colour-dark,#7cb7ff);
--on:var(--coach-on-colour-dark,#0b1a2b);--bad:#ffb4a8;--warn:#3a2f12`;
const CONTRAST = `--bg:#000;--fg:#fff;--soft:#000;--line:#fff;--dim:#fff;--accent:#ffe600;--on:#000;--bad:#ffb0a0;--warn:#000`;
const STYLE = `
:host{all:initial!important;display:block!important;font:400 var(--coach-font-size,15px)/1.5 var(--coach-font,system-ui,"Segoe UI",Roboto,sans-serif)!important;
position:fixed!important;z-index:2147483000!important;inset-block-end:var(--coach-offset,20px)!important;inset-inline-end:var(--coach-offset,20px)!important;
--bg:#fff;--fg:#1a2029;--soft:#f0f3f7;--line:#78838f;--dim:#515c69;--accent:var(--coach-colour,#0b5cad);--on:var(--coach-on-colour,#fff);--bad:#a8200d;--warn:#fff6d8;color:var(--fg)!important}
:host([hidden]){display:none!important}
:host([place=left]){inset-inline-end:auto!important;inset-inline-start:var(--coach-offset,20px)!important}
:host([theme=dark]){${DARK}}
:host([theme=contrast]){${CONTRAST}}
@media (prefers-color-scheme:dark){:host(:not([theme])),:host([theme=auto]){${DARK}}}
@media (prefers-contrast:more){:host(:not([theme])),:host([theme=auto]){${CONTRAST}}}
*{box-sizing:border-box}
[hidden]{display:none!important}
button,textarea,input{font:inherit;color:inherit}
button{cursor:pointer;border:1px solid var(--line);background:var(--bg);border-radius:8px;padding:6px 12px;min-height:36px}
button:hover:not([aria-disabled=true]){background:var(--soft)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.launch{display:flex;align-items:center;gap:10px;background:var(--accent);color:var(--on);border:2px solid var(--bg);border-radius:999px;min-height:56px;padding:0 22px;font-weight:600;box-shadow:0 6px 20px #0004}
.launch:hover{background:var(--accent)!important;filter:brightness(1.08)}
.badge{background:var(--bg);color:var(--fg);border-radius:99px;min-width:24px;padding:0 7px}
.panel{position:absolute;inset-block-end:0;inset-inline-end:0;width:min(430px,calc(100vw - 2*var(--coach-offset,20px)));height:min(700px,calc(100vh - 2*var(--coach-offset,20px)));display:flex;flex-direction:column;background:var(--bg);border:1px solid var(--line);border-radius:16px;overflow:hidden;box-shadow:0 12px 48px #0005}
:host([place=left]) .panel{inset-inline-end:auto;inset-inline-start:0}
header{display:flex;align-items:center;gap:6px;padding:12px 10px 12px 18px;padding-inline:18px 10px;background:var(--accent);color:var(--on)}
h2{flex:1;margin:0;font-size:1.1em;font-weight:650}
header button{background:none;border-color:transparent;width:40px;height:40px;padding:0;display:grid;place-items:center}
header button:hover{background:#0003!important}
header :focus-visible,.launch:focus-visible{outline-color:var(--on);outline-offset:-4px}
svg.i{width:20px;height:20px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;flex:none}
.note{padding:8px 18px;background:var(--warn);border-block-end:1px solid var(--line);font-size:.93em}
.note:empty{display:none}
.note button{margin:6px 6px 2px 0}
.log{flex:1;overflow-y:auto;overscroll-behavior:contain;padding:16px 18px;display:flex;flex-direction:column;gap:14px;min-height:0}
.log>*{flex:none}
.turn{display:flex;flex-direction:column;gap:10px;content-visibility:auto;contain-intrinsic-size:auto 240px}
.turn:last-child{content-visibility:visible}
.me{align-self:flex-end;max-width:88%;background:var(--accent);color:var(--on);padding:8px 14px;border-radius:16px;border-end-end-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere}
.state{align-self:flex-end;font-size:.87em;color:var(--dim)}
.state.bad{color:var(--bad)}
.reply{background:var(--soft);padding:12px 14px;border-radius:16px;border-end-start-radius:4px;max-width:100%;overflow-wrap:anywhere;display:flex;flex-direction:column;gap:8px}
:host([theme=contrast]) :is(.reply,.card){border:1px solid var(--line)}
p,ul,ol{margin:0}
ul,ol{padding-inline-start:20px}
li{margin-block:3px}
.reason{color:var(--dim);font-size:.93em}
code{font-family:ui-monospace,monospace}
a{color:inherit;text-decoration:underline;text-underline-offset:2px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.93em}
th,td{text-align:start;vertical-align:top;border:1px solid var(--line);padding:4px 8px;min-width:5em}
th{background:var(--bg)}
.pic{width:100%;height:auto;background:#fff;border-radius:8px}
.card{background:var(--bg);border-radius:10px;padding:10px 12px;display:flex;flex-direction:column;gap:6px}
.row{display:flex;flex-wrap:wrap;gap:8px}
.card button,.file{min-height:32px;padding:3px 10px;font-size:.93em}
.next button{border-color:var(--accent);border-radius:18px;text-align:start}
button[aria-disabled=true]{cursor:default;color:var(--dim);border-color:transparent;background:var(--soft)}
button.chosen{border:2px solid var(--accent)!important;font-weight:600;color:var(--fg)}
.src{font-size:.87em;color:var(--dim)}
.src ul{list-style:none;padding:0}
.rate{display:flex;flex-wrap:wrap;gap:4px;align-items:center;font-size:.87em;color:var(--dim)}
.rate>button{border-color:transparent;background:none;min-height:32px;width:32px;padding:0;display:grid;place-items:center}
.rate button[aria-pressed=true]{background:var(--soft);color:var(--accent);border-color:var(--accent)}
.rate form{display:flex;gap:6px;flex:1 1 100%}
.rate label{flex:1}
.rate input{width:100%;border:1px solid var(--line);border-radius:8px;background:var(--bg);color:var(--fg);padding:5px 9px;min-height:34px}
.dots{display:flex;gap:5px;padding:4px 18px 10px}
.dots i{width:8px;height:8px;border-radius:50%;background:var(--dim)}
.send{display:flex;gap:8px;align-items:flex-end;padding:12px;border-block-start:1px solid var(--line)}
textarea{flex:1;min-width:0;resize:none;min-height:44px;max-height:140px;padding:9px 12px;border:1px solid var(--line);border-radius:12px;background:var(--bg);color:var(--fg)}
textarea::placeholder,input::placeholder{color:var(--dim);opacity:1}
.send button{background:var(--accent);color:var(--on);border-color:var(--accent);height:44px;width:48px;padding:0;display:grid;place-items:center}
.send button:hover{background:var(--accent)!important;filter:brightness(1.08)}
.left{padding:0 14px 8px;font-size:.85em;color:var(--dim)}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:host(:dir(rtl)) .flip{transform:scaleX(-1)}
@media (max-width:520px),(max-height:480px){.panel{position:fixed;inset:0!important;width:auto;height:auto;border:0;border-radius:0}}
@media (forced-colors:active){.me,.reply,.card,header,.launch{border:1px solid CanvasText}.dots i{background:CanvasText}.chosen{outline:2px solid Highlight}}
@media (prefers-reduced-motion:no-preference){.dots i{animation:b 1.2s infinite}.dots i:nth-child(2){animation-delay:.15s}.dots i:nth-child(3){animation-delay:.3s}@keyframes b{40%{transform:translateY(-4px)}80%{transform:none}}.panel{animation:up .16s ease-out}@keyframes up{from{transform:translateY(12px)}}}
`;

const ICONS = {
  chat: "M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5zM9 12h.01M13 12h.01M17 12h.01", close: "M6 6l12 12M18 6L6 18", fresh: "M12 5v14M5 12h14",
  send: "M4 12l16-8-6 16-3-7z", up: "M7 11v9H4v-9zM7 11l4-7c2 0 2 1 2 3l-1 3h6c2 0 2 1 2 2l-2 7c0 1-1 1-2 1H7",
  down: "M7 13V4H4v9zM7 13l4 7c2 0 2-1 2-3l-1-3h6c2 0 2-1 2-2l-2-7c0-1-1-1-2-1H7",
};
const SHAPES = /^(svg|g|rect|circle|line|path|polyline|polygon|text|tspan|title)$/;
const SHAPE_ATTRIBUTES = /^(viewBox|width|height|[xy][12]?|d[xy]?|c[xy]|r[xy]?|points|fill|stroke|stroke-(width|dasharray)|opacity|transform|font-(size|weight|family)|text-anchor)$/;
const PAGE = 30;
const LONGEST = 4000;
const PATIENCE = 90e3; // milliseconds until an answer counts as lost; asking again never answers twice
const RATING = /^\/press\{"do":\s*"rate"/;

/** An element; attributes whose value is false or null are left out, functions become listeners. Text is only ever text. */
function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(key, value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.filter((c) => c != null && c !== false));
  return node;
}

function shape(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const icon = (name, extra = "") => shape("svg", { class: `i ${extra}`, viewBox: "0 0 24 24", "aria-hidden": "true" }, shape("path", { d: ICONS[name] }));

/** The server's picture, shape by shape, from its list of names and attributes. */
function drawn([name, attributes, text, children], top = {}) {
  if (!SHAPES.test(name)) return "";
  const safe = Object.fromEntries(Object.entries(attributes).filter(([key, value]) => SHAPE_ATTRIBUTES.test(key) && !/url|script/i.test(value)));
  return shape(name, { ...safe, ...top }, text || "", ...children.map((child) => drawn(child)));
}

function link(text, address) {
  let url;
  try { url = new URL(address); } catch { return text; }
  if (!["https:", "mailto:"].includes(url.protocol)) return text;
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow" }, text);
}

/** Inline Markdown: bold, emphasis, code and links, as nodes. */
function inline(text) {
  const nodes = [];
  let last = 0;
  for (const m of text.matchAll(/\*\*(.+?)\*\*|(?<!\w)_([^_]+)_(?!\w)|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)/g)) {
    nodes.push(text.slice(last, m.index));
    if (m[1] != null) nodes.push(el("strong", {}, ...inline(m[1])));
    else if (m[2] != null) nodes.push(el("em", {}, ...inline(m[2])));
    else if (m[3] != null) nodes.push(el("code", {}, m[3]));
    else nodes.push(link(m[4], m[5]));
    last = m.index + m[0].length;
  }
  return [...nodes, text.slice(last)];
}

/** Paragraphs and lists. */
function blocks(text) {
  const result = [];
  for (const block of (text || "").split(/\n{2,}/)) {
    let list = null;
    let paragraph = null;
    for (const line of block.split("\n")) {
      const item = /^\s*(?:([-*•])|\d+[.)])\s+(.*)/.exec(line);
      if (item) {
        const kind = item[1] ? "ul" : "ol";
        if (list?.localName !== kind) result.push((list = el(kind, { dir: "auto" })));
        list.append(el("li", {}, ...inline(item[2])));
        paragraph = null;
      } else if (line.trim()) {
        if (paragraph) paragraph.append(el("br"), ...inline(line));
        else result.push((paragraph = el("p", { dir: "auto" }, ...inline(line))));
        list = null;
      }
    }
  }
  return result;
}

/** A random id; randomUUID only exists on https pages. */
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

class CareerCoach extends HTMLElement {
  static observedAttributes = ["heading", "lang", "open"];

  /** The host page's way to a signed token: a function giving it, or a promise of it. Asked again when one is refused. */
  getToken = null;
  #own = {};
  #theirs = {}; // the labels of the page's language
  #root = this.attachShadow({ mode: "open" });
  #turns = new Map(); // message id -> turn, in the order shown
  #outbox = [];
  #token = "";
  #ready = null; // the promise of the restored conversation
  #loaded = false;
  #sending = false;
  #unread = 0;
  #first = null; // number of the oldest message shown
  #tries = 0;
  #timer = 0;

  connectedCallback() {
    if (!this.#root.firstChild) {
      this.#root.adoptedStyleSheets = [sheet];
      this.#build();
      this.#translate();
    }
    this.#channel = new BroadcastChannel(`career-coach ${this.#base}`);
    this.#channel.onmessage = ({ data }) => (data === "reset" ? this.#clear() : this.#ready && this.#sync());
    addEventListener("online", this.#online);
    addEventListener("offline", this.#online);
    document.addEventListener("visibilitychange", this.#seen);
    this.#outbox = this.#kept.outbox || [];
    this.#box.value = this.#kept.draft || "";
    if (this.#kept.open || this.hasAttribute("open")) this.#show(true);
    this.#tell("ready");
  }

  disconnectedCallback() {
    this.#channel.close();
    clearTimeout(this.#timer);
    removeEventListener("online", this.#online);
    removeEventListener("offline", this.#online);
    document.removeEventListener("visibilitychange", this.#seen);
  }

  attributeChangedCallback(name, _old, value) {
    if (!this.#panel) return;
    if (name === "open") this.#show(value != null);
    else if (name === "lang") this.#translate();
    else this.#label();
  }

  /** Labels in another language come from the coach's server; English ones need none. */
  async #translate() {
    const language = (this.closest("[lang]")?.lang || "en").slice(0, 2).toLowerCase();
    const found = language !== "en" && (await fetch(`${this.#base}labels/${language}.json`).catch(() => null));
    this.#theirs = found?.ok ? await found.json() : {};
    this.#label();
  }

  /** Opens the panel and moves the focus to the box. */
  open() { this.#show(true); this.#box.focus(); }
  /** Closes the panel and gives the focus back to the button. */
  close() { this.#show(false); this.#launch.focus(); }
  /** Says something for the person, as a host page's example question does. */
  send(text) { this.#show(true); this.#say({ text }); }
  set labels(labels) { this.#own = labels; if (this.#panel) this.#label(); }

  #channel; #panel; #launch; #badge; #box; #log; #note; #live; #dots; #earlier; #left;

  get #base() { return new URL(this.getAttribute("src") || ".", import.meta.url).href.replace(/\/?$/, "/"); }
  get #isOpen() { return !this.#panel.hidden; }
  get #words() { return { ...LABELS, ...this.#theirs, ...this.#own }; }

  // What a tab keeps from page to page: whether it is open, what is being written, what is not sent yet.
  get #kept() { try { return JSON.parse(sessionStorage.getItem("career-coach")) || {}; } catch { return {}; } }
  #keep(more) { try { sessionStorage.setItem("career-coach", JSON.stringify({ ...this.#kept, ...more })); } catch { /* full or forbidden */ } }
  #tell(name, detail) { this.dispatchEvent(new CustomEvent(`coach-${name}`, { detail, bubbles: true, composed: true })); }

  #build() {
    this.#badge = el("span", { class: "badge", hidden: true });
    this.#launch = el("button", { class: "launch", type: "button", "aria-expanded": "false", "aria-haspopup": "dialog", click: () => this.open() }, icon("chat"), el("span", { class: "name" }), this.#badge);
    this.#earlier = el("button", { type: "button", hidden: true, click: () => this.#more() });
    this.#log = el("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" }, this.#earlier);
    this.#note = el("div", { class: "note", role: "status" });
    this.#live = el("div", { class: "sr", role: "status" });
    this.#dots = el("div", { class: "dots", hidden: true, "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.#left = el("div", { class: "left", id: "left", hidden: true });
    this.#box = el("textarea", { id: "box", rows: "1", maxlength: LONGEST, dir: "auto", "aria-describedby": "left", enterkeyhint: "send", input: () => this.#typed(), keydown: (e) => this.#key(e) });
    const form = el("form", { class: "send", submit: (e) => { e.preventDefault(); this.#submit(); } },
      el("label", { class: "sr", for: "box" }), this.#box, el("button", { class: "go" }, icon("send", "flip")));
    this.#panel = el("section", { class: "panel", role: "dialog", "aria-labelledby": "title", hidden: true, keydown: (e) => { if (e.key === "Escape") { e.stopPropagation(); this.close(); } } },
      el("header", {}, el("h2", { id: "title" }), el("button", { type: "button", class: "fresh", click: () => this.#ask() }, icon("fresh")), el("button", { type: "button", class: "shut", click: () => this.close() }, icon("close"))),
      this.#note, this.#log, this.#dots, this.#live, form, this.#left);
    this.#root.append(this.#launch, this.#panel);
    this.#label();
  }

  #label() {
    const w = this.#words;
    const title = this.getAttribute("heading") || w.title;
    const name = (selector, label) => { const node = this.#root.querySelector(selector); node.setAttribute("aria-label", label); node.title = label; };
    this.#root.querySelector("h2").textContent = this.#root.querySelector(".name").textContent = title;
    name(".fresh", w.fresh);
    name(".shut", w.close);
    name(".go", w.send);
    this.#root.querySelector("label[for=box]").textContent = w.write;
    this.#box.placeholder = w.hint;
    this.#log.setAttribute("aria-label", w.log);
    this.#earlier.textContent = w.earlier;
    this.#mark();
  }

  #show(open) {
    if (open === this.#isOpen) return;
    this.#panel.hidden = !open;
    this.#launch.hidden = open;
    this.#launch.setAttribute("aria-expanded", open);
    this.#keep({ open });
    if (open) {
      this.#seen();
      this.#typed();
      this.#ready ??= this.#start();
      this.#log.scrollTop = this.#log.scrollHeight;
    }
    this.#tell(open ? "open" : "close");
  }

  #seen = () => {
    if (document.hidden || !this.#isOpen) return;
    this.#unread = 0;
    this.#mark();
    if (this.#ready) this.#sync();
  };

  #mark() {
    const w = this.#words;
    this.#badge.hidden = !this.#unread;
    this.#badge.textContent = this.#unread;
    this.#launch.setAttribute("aria-label", `${this.getAttribute("heading") || w.title}: ${w.open}${this.#unread ? `, ${this.#unread} ${w.unread}` : ""}`);
  }

  // --- the server ---

  async #call(path, body, renewed = false) {
    const headers = body ? { "Content-Type": "application/json" } : {};
    if (this.getToken) {
      this.#token ||= await this.getToken();
      headers.Authorization = `Bearer ${this.#token}`;
    }
    const response = await fetch(`${this.#base}api/web/${path}`, {
      method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), credentials: this.getToken ? "omit" : "include", cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.status === 401 && !renewed) {
      this.#token = "";
      if (!this.getToken) await this.#call("session", {}, true);
      return this.#call(path, body, true);
    }
    const data = await response.json().catch(() => ({}));
    if (response.ok) return data;
    throw Object.assign(new Error(data.message || ""), { status: response.status, code: data.error, wait: Number(response.headers.get("Retry-After")) });
  }

  async #start() {
    this.#live.textContent = this.#words.loading;
    try {
      if (!this.getToken) await this.#call("session", {});
      const { messages, more } = await this.#call(`history?limit=${PAGE}`);
      this.#log.setAttribute("aria-live", "off");
      messages.forEach((m) => this.#merge(m));
      this.#paged(messages, more);
      this.#log.scrollTop = this.#log.scrollHeight;
      requestAnimationFrame(() => this.#log.setAttribute("aria-live", "polite"));
      this.#outbox = this.#outbox.filter((m) => !this.#turns.get(m.id)?.answered);
      this.#loaded = true;
      this.#outbox.forEach((m) => this.#turns.has(m.id) || this.#turn(m));
      if (!messages.length && !this.#outbox.length) this.#say({ payload: "/greet" });
      this.#tries = 0;
      this.#notice("");
      this.#pump();
    } catch (error) {
      this.#ready = null;
      this.#trouble(error, () => { this.#ready ??= this.#start(); });
    }
    this.#live.textContent = "";
  }

  #paged(messages, more) {
    if (messages.length) this.#first = messages[0].number;
    this.#earlier.hidden = !more;
  }

  async #more() {
    const height = this.#log.scrollHeight - this.#log.scrollTop;
    try {
      const { messages, more } = await this.#call(`history?limit=${PAGE}&before=${this.#first}`);
      const shown = [...this.#turns];
      this.#turns.clear();
      const anchor = this.#earlier.nextSibling;
      messages.forEach((m) => this.#merge(m, anchor));
      shown.forEach(([id, turn]) => this.#turns.set(id, turn));
      this.#paged(messages, more);
      this.#stale();
      this.#log.scrollTop = this.#log.scrollHeight - height;
    } catch (error) {
      this.#trouble(error, () => this.#more());
    }
  }

  /** What another tab has said meanwhile, and what it was answered. */
  async #sync() {
    await this.#ready;
    try {
      const { messages } = await this.#call(`history?limit=${PAGE}`);
      messages.forEach((m) => this.#merge(m));
    } catch { /* the next message will tell */ }
  }

  #merge(m, before = null) {
    if (RATING.test(m.payload)) return;
    const turn = this.#turns.get(m.message_id) || this.#turn({ id: m.message_id, text: m.text, payload: m.payload, sent: true }, before);
    if (m.answered && !turn.answered) this.#answered(turn, m.replies, false);
  }

  // --- sending ---

  #typed() {
    const left = LONGEST - this.#box.value.length;
    this.#left.hidden = left > 300;
    this.#left.textContent = left > 300 ? "" : `${left} ${this.#words.left}`;
    this.#box.style.height = "auto"; // through the object model, which a policy on styles allows
    this.#box.style.height = `${this.#box.scrollHeight + 2}px`;
    this.#keep({ draft: this.#box.value });
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    }
  }

  #submit() {
    const text = this.#box.value.trim();
    if (!text) return;
    this.#box.value = "";
    this.#typed();
    this.#say({ text });
  }

  #say(message) {
    const m = { id: newId(), ...message };
    this.#outbox.push(m);
    this.#keep({ outbox: this.#outbox });
    if (this.#loaded) this.#reveal(this.#turn(m).node);
    else this.#ready ??= this.#start();
    this.#tell("message", { id: m.id, text: m.text, payload: m.payload });
    this.#pump();
  }

  /** Sends what waits, one after the other, under ids that make a second sending harmless. */
  async #pump() {
    if (this.#sending) return;
    this.#sending = true;
    await this.#ready;
    while (this.#outbox.length && this.#ready) {
      const m = this.#outbox[0];
      const turn = this.#turns.get(m.id) || this.#turn(m);
      this.#state(turn, m.payload === "/greet" ? "" : this.#words.sending);
      this.#typing(true);
      try {
        const body = { message_id: m.id };
        if (m.text) body.text = m.text;
        if (m.payload) body.payload = m.payload;
        const { replies } = await this.#call("messages", body);
        this.#outbox.shift();
        this.#keep({ outbox: this.#outbox });
        this.#tries = 0;
        this.#notice("");
        this.#answered(turn, replies, true);
        this.#channel.postMessage(replies.some((r) => r.about.erased) ? "reset" : "changed");
      } catch (error) {
        this.#state(turn, this.#words.failed, () => this.#pump());
        this.#trouble(error, () => this.#pump());
        break;
      } finally {
        this.#typing(false);
      }
    }
    this.#sending = false;
  }

  /** Says what is wrong, and tries again by itself where that can help. */
  #trouble(error, again) {
    const passing = !error.status || error.status >= 500 || error.status === 429;
    this.#notice(error.message && error.status ? error.message : error.status === 401 ? this.#words.signIn : this.#words.offline);
    clearTimeout(this.#timer);
    if (passing) this.#timer = setTimeout(again, (error.wait || Math.min(2 ** this.#tries++, 30)) * 1000);
    this.#tell("error", { status: error.status || 0, code: error.code || "offline" });
  }

  #online = () => {
    if (!navigator.onLine) return this.#notice(this.#words.offline);
    this.#notice("");
    if (!this.#isOpen && !this.#outbox.length) return;
    if (this.#ready) { this.#pump(); this.#sync(); } else this.#ready = this.#start();
  };

  #notice(text, ...more) {
    if (this.#note.textContent !== text || more.length) this.#note.replaceChildren(text, ...more);
  }

  #typing(on) {
    this.#dots.hidden = !on;
    this.#live.textContent = on ? this.#words.typing : "";
  }

  #ask() {
    const close = () => { this.#notice(""); this.#box.focus(); };
    const yes = async () => {
      try {
        await this.#call("reset", {});
        this.#channel.postMessage("reset");
        this.#clear();
        this.#say({ payload: "/greet" });
        close();
      } catch (error) { this.#trouble(error, yes); }
    };
    const first = el("button", { type: "button", click: yes }, this.#words.yes);
    this.#notice(this.#words.clear, el("div", {}, first, el("button", { type: "button", click: close }, this.#words.no)));
    first.focus();
  }

  #clear() {
    this.#turns.forEach((turn) => turn.node.remove());
    this.#turns.clear();
    this.#outbox = [];
    this.#keep({ outbox: [] });
    this.#first = null;
    this.#earlier.hidden = true;
  }

  // --- what is shown ---

  #turn(m, before = null) {
    const state = el("div", { class: "state" });
    const node = el("div", { class: "turn" });
    if (m.payload !== "/greet") node.append(el("div", { class: "me", dir: "auto" }, el("span", { class: "sr" }, `${this.#words.you}: `), m.text || "…"));
    node.append(state);
    const turn = { ...m, node, state, answered: false, buttons: [] };
    this.#turns.set(m.id, turn);
    this.#log.insertBefore(node, before);
    this.#stale();
    return turn;
  }

  #state(turn, text, retry) {
    turn.state.replaceChildren(text);
    turn.state.classList.toggle("bad", !!retry);
    if (retry) turn.state.append(" ", el("button", { type: "button", click: retry }, this.#words.retry));
  }

  #answered(turn, replies, live) {
    turn.answered = true;
    this.#state(turn, "");
    if (replies.some((r) => r.about.erased)) [...this.#turns.values()].forEach((t) => { if (t !== turn) { t.node.remove(); this.#turns.delete(t.id); } });
    const shown = replies.map((reply) => this.#reply(reply, turn));
    turn.node.append(...shown);
    const last = replies.at(-1);
    if (last?.about.intent && !last.about.erased && last.about.intent !== "greet") turn.node.append(this.#rating(last));
    this.#stale();
    if (!live) return;
    this.#reveal(turn.node);
    if (!this.#isOpen || document.hidden) {
      this.#unread += 1;
      this.#mark();
      this.#tell("unread", { count: this.#unread });
    }
    this.#tell("reply", { id: turn.id, replies });
  }

  /** The beginning of what is new comes into view; the focus stays where it is. */
  #reveal(node) {
    this.#log.scrollTop = node.offsetTop - this.#log.offsetTop - 12;
  }

  /** Buttons of older answers are for reading only; the one that was tapped shows it. */
  #stale() {
    const turns = [...this.#turns.values()];
    let cards = false;
    for (let n = turns.length - 1; n >= 0; n--) {
      const next = turns[n + 1];
      for (const b of turns[n].buttons) {
        const chosen = b.tapped || (next?.payload && next.payload === b.payload);
        const off = chosen || (b.card ? cards : !!next);
        b.node.toggleAttribute("aria-disabled", false);
        if (off) b.node.setAttribute("aria-disabled", "true");
        if (chosen && !b.node.classList.contains("chosen")) {
          b.node.classList.add("chosen");
          b.node.append(el("span", { class: "sr" }, ` (${this.#words.chosen})`));
        }
      }
      cards ||= turns[n].buttons.some((b) => b.card);
    }
  }

  #button(b, turn, card) {
    const node = el("button", { type: "button", click: () => {
      if (node.getAttribute("aria-disabled") === "true") return;
      entry.tapped = true;
      this.#say({ text: b.title, payload: b.payload });
    } }, b.title);
    const entry = { node, payload: b.payload, card, tapped: false };
    turn.buttons.push(entry);
    return node;
  }

  #reply(reply, turn) {
    const w = this.#words;
    const row = (buttons, kind, card) => buttons.length && el("div", { class: `row ${kind}` }, ...buttons.map((b) => this.#button(b, turn, card)));
    const parts = [el("span", { class: "sr" }, `${w.coach}: `), ...blocks(reply.lead)];
    if (reply.points.length) {
      parts.push(el("ul", {}, ...reply.points.map((p) => el("li", { dir: "auto" }, ...inline(p.text), p.reason && el("span", { class: "reason" }, " (", ...inline(p.reason), ")")))));
    }
    if (reply.table) {
      const cells = (name, row_, more = {}) => row_.map((c) => el(name, more, ...inline(c)));
      parts.push(el("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": w.table },
        el("table", {}, el("thead", {}, el("tr", {}, ...cells("th", reply.table.columns, { scope: "col" }))), el("tbody", {}, ...reply.table.rows.map((r) => el("tr", {}, ...cells("td", r)))))));
    }
    if (reply.picture) parts.push(reply.picture.tree ? drawn(reply.picture.tree, { class: "pic", role: "img", "aria-label": reply.picture.alt }) : el("p", {}, reply.picture.alt));
    for (const card of reply.cards) parts.push(el("div", { class: "card" }, el("strong", { dir: "auto" }, ...inline(card.title)), ...blocks(card.text), row(card.buttons, "", true) || null));
    parts.push(...blocks(reply.closing));
    if (reply.attachments.length) parts.push(el("div", { class: "row" }, ...reply.attachments.map((a) => el("button", { type: "button", class: "file", click: () => this.#download(a) }, `${w.download}: ${a.name}`))));
    if (reply.sources.length) {
      parts.push(el("div", { class: "src" }, `${w.sources}:`, el("ul", {}, ...reply.sources.map((s) => el("li", {}, link(s.title, s.url), s.checked_on && `, ${w.checked} ${s.checked_on}`)))));
    }
    const node = el("div", { class: "reply" }, ...parts);
    const next = row(reply.buttons, "next", false);
    return next ? el("div", { class: "turn" }, node, next) : node;
  }

  #download(file) {
    const address = URL.createObjectURL(new Blob([file.content], { type: file.media_type }));
    el("a", { href: address, download: file.name.replace(/[^\w.-]/g, "_") }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60e3);
  }

  /** A thumb opens room for a word; the rating is sent with it, or without it when the person moves on. */
  #rating(reply) {
    const w = this.#words;
    const node = el("div", { class: "rate" });
    let value = null;
    let sent = false;
    const input = el("input", { maxlength: 300, placeholder: w.why, "aria-label": w.why, dir: "auto" });
    const post = async () => {
      if (sent || !value) return;
      sent = true;
      const { intents, ...about } = reply.about;
      const rating = { do: "rate", value, word: input.value.trim(), about };
      try {
        await this.#call("messages", { message_id: newId(), payload: `/press${JSON.stringify(rating)}` });
        const had = node.contains(this.#root.activeElement);
        node.replaceChildren(el("span", { role: "status" }, w.thanks));
        if (had) this.#box.focus();
      } catch (error) {
        sent = false;
        this.#trouble(error, post);
      }
    };
    const form = el("form", { submit: (e) => { e.preventDefault(); post(); } }, el("label", {}, input), el("button", {}, w.send));
    const thumb = (name) => el("button", { type: "button", "aria-label": w[name], title: w[name], "aria-pressed": "false", click: (e) => {
      value = name;
      node.querySelectorAll("[aria-pressed]").forEach((b) => b.setAttribute("aria-pressed", b === e.currentTarget));
      node.append(form);
      input.focus();
    } }, icon(name));
    node.append(thumb("up"), thumb("down"));
    node.addEventListener("focusout", (e) => { if (!node.contains(e.relatedTarget)) post(); });
    return node;
  }
}

customElements.define("career-coach", CareerCoach);

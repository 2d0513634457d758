// <career-coach> in one file; docs/web.md tells how to embed it. Nothing is inserted as HTML.

const LABELS = {
	title: "Career coach", open: "open the chat", close: "Close", fresh: "New conversation", log: "Conversation", write: "Write a message",
	hint: "Ask in your own words", send: "Send", you: "You", coach: "Coach", typing: "The coach is writing", sending: "Sending",
	failed: "Not sent", retry: "Try again", offline: "No connection. I will try again as soon as it is back.", earlier: "Earlier messages",
	sources: "Sources", checked: "checked", unread: "new messages", download: "Download", up: "This helped", down: "This did not help",
	why: "A word on why? (optional)", thanks: "Thank you, noted.", chosen: "chosen", table: "Table",
	signIn: "You are not signed in. Please load the page anew.", clear: "Start anew? What I know about you stays.",
};

const CONTRAST = "--bg:#000;--fg:#fff;--soft:#000;--line:#fff;--dim:#fff;--accent:#ffe600;--on:#000;--bad:#ffb0a0;--edge:1px solid #fff";
const STYLE = `
:host{all:initial!important;display:block!important;position:fixed!important;z-index:2147483000!important;inset-block-end:var(--gap)!important;inset-inline-end:var(--gap)!important;
font:400 var(--coach-font-size,15px)/1.5 var(--coach-font,system-ui,"Segoe UI",Roboto,sans-serif)!important;color:var(--fg)!important;color-scheme:light dark!important;
--gap:var(--coach-offset,20px);--bg:light-dark(#fff,#161b22);--fg:light-dark(#1a2029,#e8ecf1);--soft:light-dark(#f0f3f7,#222a34);--line:light-dark(#78838f,#708090);
--dim:light-dark(#515c69,#b3bdc9);--bad:light-dark(#a8200d,#ffb4a8);--edge:0;
--accent:light-dark(var(--coach-colour,#0b5cad),var(--coach-colour-dark,#7cb7ff));--on:light-dark(var(--coach-on-colour,#fff),var(--coach-on-colour-dark,#0b1a2b))}
:host([hidden]),[hidden]{display:none!important}
:host([place=left]){inset-inline:var(--gap) auto!important}
:host([theme=light]){color-scheme:light!important}
:host([theme=dark]){color-scheme:dark!important}
:host([theme=contrast]){${CONTRAST}}
@media (prefers-contrast:more){:host(:not([theme])){${CONTRAST}}}
*{box-sizing:border-box}
button,textarea,input{font:inherit;color:inherit;border:1px solid var(--line);border-radius:10px;background:var(--bg);padding:5px 12px;min-height:36px}
button{cursor:pointer}
button:hover{background:var(--soft)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
button svg{width:20px;fill:none;stroke:currentColor;stroke-width:2;display:block}
.launch,.me,header,.go{background:var(--accent)!important;color:var(--on);border:var(--edge)}
.launch{display:flex;align-items:center;gap:10px;border-radius:99px;min-height:56px;padding:0 22px;font-weight:600;box-shadow:0 6px 20px #0004}
.badge{background:var(--bg);color:var(--fg);border-radius:99px;padding:0 8px}
.panel{position:absolute;inset-block-end:0;inset-inline-end:0;width:min(430px,100vw - 2*var(--gap));height:min(700px,100vh - 2*var(--gap));display:flex;flex-direction:column;background:var(--bg);border:1px solid var(--line);border-radius:16px;overflow:hidden;box-shadow:0 8px 40px #0005}
:host([place=left]) .panel{inset-inline:0 auto}
header{display:flex;align-items:center;gap:4px;padding:11px 14px}
h2{flex:1;margin:0;font-size:1.1em}
header button{background:none;border:0;padding:10px}
header :focus-visible,.launch:focus-visible{outline-color:var(--on);outline-offset:-5px}
.note:not(:empty){padding:8px 18px;background:var(--soft)}
.scroll{overflow:auto}
.log{flex:1;overflow-y:auto;overscroll-behavior:contain;padding:16px 18px;outline-offset:-3px}
.turn,.reply,.card{display:flex;flex-direction:column;gap:8px}
.turn{padding:5px;margin:-5px -5px 11px;content-visibility:auto;contain-intrinsic-size:auto 260px}
.me,.reply{padding:9px 14px;border-radius:16px;overflow-wrap:anywhere}
.me{align-self:flex-end;max-width:88%;white-space:pre-wrap}
.reply{background:var(--soft);border:var(--edge)}
.state{align-self:flex-end}
.state,.reason,.src,.rate,table{font-size:.9em;color:var(--dim)}
.bad{color:var(--bad)}
p,ul{margin:0}
ul{padding-inline-start:20px}
a{color:inherit}
table{border-collapse:collapse;color:var(--fg)}
th,td{text-align:start;vertical-align:top;border:1px solid var(--line);padding:4px 8px;min-width:5em}
.pic{width:100%;height:auto;background:#fff;border-radius:8px}
.card{background:var(--bg);border:var(--edge);border-radius:10px;padding:10px 12px}
.row{display:flex;flex-wrap:wrap;gap:8px}
.card button{min-height:30px;padding:2px 10px;font-size:.93em}
.next button{border-color:var(--accent);border-radius:18px;text-align:start}
[aria-disabled]{cursor:default;color:var(--dim);border-color:transparent!important;background:var(--soft)!important}
.chosen{border:2px solid var(--accent)!important;font-weight:600;color:var(--fg)}
.src ul{list-style:none;padding:0}
.rate{display:flex;flex-wrap:wrap;gap:4px}
.rate>button{border-color:transparent;padding:6px}
.rate [aria-pressed=true]{color:var(--accent);border-color:var(--accent)}
form{display:flex;gap:8px;align-items:flex-end}
.rate form{flex:1 1 100%}
input,textarea{flex:1;min-width:0}
.dots{display:flex;gap:5px;padding:2px 18px 10px}
.dots i{width:8px;height:8px;border-radius:9px;background:var(--dim)}
.send{padding:12px;border-block-start:1px solid var(--line)}
textarea{resize:none;min-height:44px;max-height:140px;padding-block:9px}
::placeholder{color:var(--dim);opacity:1}
.go{min-height:44px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media (max-width:520px),(max-height:480px){.panel{position:fixed;inset:0!important;width:auto;height:auto;border:0;border-radius:0}}
@media (forced-colors:active){:host{--edge:1px solid}.chosen{outline:2px solid Highlight}}
@media (prefers-reduced-motion:no-preference){.dots i{animation:b 1.2s infinite}.dots i+i{animation-delay:.2s}@keyframes b{40%{translate:0 -4px}80%{translate:0}}}`;

const ICONS = {
	chat: "M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5zM9 12h0M13 12h0M17 12h0", close: "M6 6l12 12M18 6L6 18", fresh: "M12 5v14M5 12h14", go: "M12 19V5M6 11l6-6 6 6",
	up: "M7 11v9H4v-9zM7 11l4-7c2 0 2 1 2 3l-1 3h6c2 0 2 1 2 2l-2 8H7", down: "M7 13V4H4v9zM7 13l4 7c2 0 2-1 2-3l-1-3h6c2 0 2-1 2-2l-2-8H7",
};
const PAGE = 30;
const PATIENCE = 90e3; // milliseconds
const GREET = "/greet";
const RATING = /^\/press\{"do": ?"rate"/;

/** An element. Functions become listeners, text stays text, null and false are left out. */
function el(name, attributes, ...children) {
	const node = document.createElement(name);
	for (const [key, value] of Object.entries(attributes || {})) {
		if (typeof value === "function") node.addEventListener(key, value);
		else if (value != null && value !== false) node.setAttribute(key, value);
	}
	node.append(...children.filter((child) => child != null && child !== false));
	return node;
}

const sr = (text) => el("span", { class: "sr" }, text);
const tap = (click, attributes, ...children) => el("button", { type: "button", click, ...attributes }, ...children);

// A picture as the server lists it, reduced to shapes.
function drawn([name, attributes, text, children], more) {
	const node = document.createElementNS("http://www.w3.org/2000/svg", name);
	for (const [key, value] of Object.entries({ ...attributes, ...more })) node.setAttribute(key, value);
	node.append(text || "", ...children.map((child) => drawn(child)));
	return node;
}

const icon = (name) => drawn(["svg", { viewBox: "0 0 24 24", "aria-hidden": true }, "", [["path", { d: ICONS[name] }, "", []]]]);

function link(text, address) {
	const href = URL.canParse(address) && new URL(address).href;
	return /^(https|mailto):/.test(href) ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, text) : text;
}

// Bold, emphasis and links of Markdown as nodes.
function inline(text) {
	const nodes = [];
	let last = 0;
	for (const m of text.matchAll(/\*\*(.+?)\*\*|(?<!\w)_([^_]+)_(?!\w)|\[([^\]]+)\]\(([^)\s]+)\)/g)) {
		const node = m[1] ? el("strong", {}, ...inline(m[1])) : m[2] ? el("em", {}, ...inline(m[2])) : link(m[3], m[4]);
		nodes.push(text.slice(last, m.index), node);
		last = m.index + m[0].length;
	}
	return [...nodes, text.slice(last)];
}

// Paragraphs and lists.
function blocks(text) {
	const result = [];
	let open = null; // what the next line may belong to
	for (const line of text.split("\n")) {
		const item = /^\s*[-*•]\s+(.*)/.exec(line);
		const kind = !line.trim() ? "" : item ? "ul" : "p";
		if (!kind) open = null;
		else if (open?.localName !== kind) result.push((open = el(kind, { dir: "auto" })));
		else if (kind === "p") open.append(el("br"));
		open?.append(...(item ? [el("li", {}, ...inline(item[1]))] : inline(line)));
	}
	return result;
}

// crypto.randomUUID is there on https pages only.
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

class CareerCoach extends HTMLElement {
	static observedAttributes = ["heading", "lang", "open"];

	/** Set by the host page: gives a signed token or a promise of one; asked again when one is refused. */
	getToken = null;
	#root = this.attachShadow({ mode: "open" });
	#labels = {};
	#turns = new Map(); // by message id, in the order shown
	#outbox = [];
	#ready = null; // the promise of the restored conversation
	#loaded = false;
	#sending = false;
	#token = "";
	#unread = 0;
	#tries = 0;
	#whole; #first; #timer; #channel; #panel; #launch; #badge; #box; #log; #note; #live; #dots; #earlier;

	connectedCallback() {
		if (!this.#panel) this.#build();
		this.#channel = new BroadcastChannel(`career-coach ${this.#base}`);
		this.#channel.onmessage = ({ data }) => (data === "reset" ? this.#clear() : this.#loaded && this.#sync());
		for (const [where, name, hear] of this.#heard) where.addEventListener(name, hear);
		this.#outbox = this.#kept.outbox || [];
		this.#box.value = this.#kept.draft || "";
		if (this.#kept.open || this.hasAttribute("open")) this.#show(true);
		this.#tell("ready");
	}

	disconnectedCallback() {
		this.#channel.close();
		clearTimeout(this.#timer);
		for (const [where, name, hear] of this.#heard) where.removeEventListener(name, hear);
	}

	attributeChangedCallback(name, _, value) {
		if (!this.#panel) return;
		name === "open" ? this.#show(value != null) : this.#translate();
	}

	open() { this.#show(true); this.#box.focus(); }
	close() { this.#show(false); this.#launch.focus(); }
	send(text) { this.#show(true); this.#say({ text }); }
	set labels(labels) { this.#labels = labels; this.#label(); }

	get #base() { return new URL(this.getAttribute("src") || ".", import.meta.url).href.replace(/\/?$/, "/"); }
	get #words() { return { ...LABELS, ...this.#labels }; }
	get #isOpen() { return !this.#panel.hidden; }

	// What the tab keeps from page to page: open or not, the draft, what is not sent yet.
	get #kept() { try { return JSON.parse(sessionStorage.coach) || {}; } catch { return {}; } }
	#keep(more) { try { sessionStorage.coach = JSON.stringify({ ...this.#kept, ...more }); } catch { /* full */ } }
	#tell(name, detail) { this.dispatchEvent(new CustomEvent(`coach-${name}`, { detail, bubbles: true, composed: true })); }

	#build() {
		this.#badge = el("span", { class: "badge" });
		this.#launch = tap(() => this.open(), { class: "launch", "aria-haspopup": "dialog" }, icon("chat"), el("span"), this.#badge);
		this.#earlier = tap(() => this.#more(), { hidden: "" });
		this.#log = el("div", { class: "log", role: "log", tabindex: 0 }, this.#earlier);
		this.#note = el("div", { class: "note", role: "status" });
		this.#live = el("div", { class: "sr", role: "status" });
		this.#dots = el("div", { class: "dots", hidden: "" }, el("i"), el("i"), el("i"));
		this.#box = el("textarea", { rows: 1, dir: "auto", input: () => this.#typed(), keydown: (e) => {
			if (e.key === "Enter" && !e.shiftKey && !e.isComposing) this.#submit(e);
		} });
		this.#panel = el("section", { class: "panel", role: "dialog", "aria-labelledby": "title", hidden: "", keydown: (e) => e.key === "Escape" && this.close() },
			el("header", {}, el("h2", { id: "title" }), tap(() => this.#ask(), { name: "fresh" }, icon("fresh")), tap(() => this.close(), { name: "close" }, icon("close"))),
			this.#note, this.#log, this.#dots, this.#live,
			el("form", { class: "send", submit: (e) => this.#submit(e) }, this.#box, el("button", { class: "go", name: "send" }, icon("go"))));
		this.#root.adoptedStyleSheets = [sheet];
		this.#whole = el("section", {}, this.#launch, this.#panel);
		this.#root.append(this.#whole);
		this.#label();
		this.#translate();
	}

	async #translate() {
		const language = this.closest("[lang]")?.lang.slice(0, 2).toLowerCase() || "en";
		const found = language !== "en" && (await fetch(`${this.#base}labels/${language}.json`).catch(() => null));
		if (found?.ok) this.#labels = await found.json();
		this.#label();
	}

	#label() {
		if (!this.#panel) return;
		const w = this.#words;
		const title = this.getAttribute("heading") || w.title;
		for (const node of [this.#root.querySelector("h2"), this.#badge.previousSibling]) node.textContent = title;
		for (const node of this.#root.querySelectorAll("[name]")) { node.ariaLabel = node.title = w[node.name]; }
		this.#whole.ariaLabel = title;
		this.#box.ariaLabel = w.write;
		this.#box.placeholder = w.hint;
		this.#log.ariaLabel = w.log;
		this.#earlier.textContent = w.earlier;
		this.#badge.hidden = !this.#unread;
		this.#badge.textContent = this.#unread;
		this.#launch.ariaLabel = `${title}: ${w.open}${this.#unread ? `, ${this.#unread} ${w.unread}` : ""}`;
	}

	#show(open) {
		if (open === this.#isOpen) return;
		this.#panel.hidden = !open;
		this.#launch.hidden = open;
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
		this.#label();
		if (this.#loaded) this.#sync();
	};

	async #call(path, body, again) {
		const headers = body ? { "Content-Type": "application/json" } : {};
		if (this.getToken) headers.Authorization = `Bearer ${(this.#token ||= await this.getToken())}`;
		const response = await fetch(`${this.#base}api/web/${path}`, {
			method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), credentials: this.getToken ? "omit" : "include", signal: AbortSignal.timeout(PATIENCE),
		});
		if (response.status === 401 && !again) {
			this.#token = "";
			if (!this.getToken) await this.#call("session", {}, true);
			return this.#call(path, body, true);
		}
		const data = await response.json();
		if (response.ok) return data;
		throw Object.assign(new Error(data.message), { status: response.status, code: data.error, wait: +response.headers.get("Retry-After") });
	}

	async #start() {
		try {
			if (!this.getToken) await this.#call("session", {});
			const page = await this.#call(`history?limit=${PAGE}`);
			this.#log.ariaLive = "off"; // the past is not read out
			this.#merge(page);
			this.#page(page);
			this.#loaded = true;
			this.#outbox = this.#outbox.filter((m) => !this.#turns.get(m.id)?.answered);
			for (const m of this.#outbox) if (!this.#turns.has(m.id)) this.#turn(m);
			if (!this.#turns.size) this.#say({ payload: GREET });
			this.#log.scrollTop = this.#log.scrollHeight;
			setTimeout(() => { this.#log.ariaLive = "polite"; }, 100);
			this.#well();
			this.#pump();
		} catch (error) {
			this.#ready = null;
			this.#trouble(error, () => { this.#ready ??= this.#start(); });
		}
	}

	#page({ messages, more }) {
		if (messages.length) this.#first = messages[0].number;
		this.#earlier.hidden = !more;
	}

	async #more() {
		try {
			const page = await this.#call(`history?limit=${PAGE}&before=${this.#first}`);
			const { scrollHeight, scrollTop } = this.#log;
			const shown = this.#turns;
			this.#turns = new Map();
			this.#merge(page, this.#earlier.nextSibling);
			for (const [id, turn] of shown) this.#turns.set(id, turn);
			this.#page(page);
			this.#stale();
			this.#log.scrollTop = this.#log.scrollHeight - scrollHeight + scrollTop;
		} catch (error) {
			this.#trouble(error, () => this.#more());
		}
	}

	// What another tab said meanwhile.
	async #sync() {
		try { this.#merge(await this.#call(`history?limit=${PAGE}`)); } catch { }
	}

	#merge({ messages }, before = null) {
		for (const m of messages) {
			if (RATING.test(m.payload)) continue;
			const turn = this.#turns.get(m.message_id) || this.#turn({ id: m.message_id, text: m.text, payload: m.payload }, before);
			if (m.answered && !turn.answered) this.#answer(turn, m.replies);
		}
	}

	#typed() {
		this.#box.style.height = "auto"; // a policy on styles allows this way
		this.#box.style.height = `${this.#box.scrollHeight + 2}px`;
		this.#keep({ draft: this.#box.value });
	}

	#submit(event) {
		event.preventDefault();
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
		if (this.#loaded) this.#reveal(this.#turn(m));
		else this.#ready ??= this.#start();
		this.#tell("message", m);
		this.#pump();
	}

	// In order; sending the same id twice is harmless.
	async #pump() {
		if (this.#sending || !this.#loaded) return;
		this.#sending = true;
		while (this.#outbox.length) {
			const { id, ...said } = this.#outbox[0];
			const turn = this.#turns.get(id);
			this.#state(turn, turn.payload === GREET ? "" : this.#words.sending);
			this.#typing(true);
			try {
				const { replies } = await this.#call("messages", { message_id: id, ...said });
				this.#outbox.shift();
				this.#keep({ outbox: this.#outbox });
				this.#well();
				this.#answer(turn, replies, true);
				this.#channel.postMessage(replies.some((r) => r.about.erased) ? "reset" : "changed");
			} catch (error) {
				this.#state(turn, this.#words.failed, true);
				this.#trouble(error, () => this.#pump());
				break;
			} finally {
				this.#typing(false);
			}
		}
		this.#sending = false;
	}

	// Says what is wrong and, where that can help, tries again.
	#trouble({ status, message, code, wait }, again) {
		clearTimeout(this.#timer);
		if (again && (!status || status >= 500 || status === 429)) this.#timer = setTimeout(again, 1000 * (wait || Math.min(2 ** this.#tries++, 30)));
		this.#notice((status && message) || (status === 401 ? this.#words.signIn : this.#words.offline));
		this.#tell("error", { status: status || 0, code: code || "offline" });
	}

	#well() { this.#tries = 0; this.#notice(""); }

	#network = () => {
		this.#notice(navigator.onLine ? "" : this.#words.offline);
		if (!navigator.onLine) return;
		if (this.#loaded) this.#sync().then(() => this.#pump());
		else if (this.#isOpen) this.#ready ??= this.#start();
	};

	#heard = [[window, "online", this.#network], [window, "offline", this.#network], [document, "visibilitychange", this.#seen]];

	#notice(text) { this.#note.textContent = text; }

	#typing(on) {
		this.#dots.hidden = !on;
		this.#live.textContent = on ? this.#words.typing : "";
	}

	async #ask() {
		if (!confirm(this.#words.clear)) return;
		try {
			await this.#call("reset", {});
			this.#channel.postMessage("reset");
			this.#clear();
			this.#say({ payload: GREET });
			this.#box.focus();
		} catch (error) {
			this.#trouble(error);
		}
	}

	#clear(but) {
		for (const turn of this.#turns.values()) if (turn !== but) turn.node.remove();
		this.#turns = new Map(but && [[but.id, but]]);
		this.#earlier.hidden = true;
		if (but) return;
		this.#outbox = [];
		this.#keep({ outbox: [] });
	}

	#turn(m, before = null) {
		const state = el("div", { class: "state" });
		const said = m.payload !== GREET && el("div", { class: "me", dir: "auto" }, sr(`${this.#words.you}: `), m.text || "…");
		const turn = { ...m, state, node: el("div", { class: "turn" }, said, state), buttons: [] };
		this.#turns.set(m.id, turn);
		this.#log.insertBefore(turn.node, before);
		this.#stale();
		return turn;
	}

	#state(turn, text, failed) {
		turn.state.replaceChildren(text, ...(failed ? [" ", tap(() => this.#pump(), {}, this.#words.retry)] : []));
		turn.state.classList.toggle("bad", !!failed);
	}

	#answer(turn, replies, live) {
		turn.answered = true;
		this.#state(turn, "");
		if (replies.some((r) => r.about.erased)) this.#clear(turn);
		turn.node.append(...replies.flatMap((reply) => this.#reply(reply, turn)));
		const { intent, erased } = replies.at(-1)?.about || {};
		if (intent && !erased && intent !== "greet") turn.node.append(this.#rating(replies.at(-1).about));
		this.#stale();
		if (!live) return;
		this.#reveal(turn);
		if (!this.#isOpen || document.hidden) {
			this.#unread += 1;
			this.#label();
			this.#tell("unread", { count: this.#unread });
		}
		this.#tell("reply", { id: turn.id, replies });
	}

	#reveal({ node }) {
		requestAnimationFrame(() => { this.#log.scrollTop += node.getBoundingClientRect().top - this.#log.getBoundingClientRect().top - 12; });
	}

	// Buttons of older answers are for reading only; those on cards last until newer cards come.
	#stale() {
		let next = null;
		let cards = false;
		for (const turn of [...this.#turns.values()].reverse()) {
			for (const b of turn.buttons) {
				const chosen = b.tapped || (next && next.payload === b.payload);
				if (chosen || (b.card ? cards : next)) b.node.ariaDisabled = "true";
				if (!chosen || b.node.className) continue;
				b.node.className = "chosen";
				b.node.append(sr(` (${this.#words.chosen})`));
			}
			cards ||= turn.buttons.some((b) => b.card);
			next = turn;
		}
	}

	#row(buttons, turn, card) {
		return buttons.length > 0 && el("div", { class: `row ${card ? "" : "next"}` }, ...buttons.map(({ title, payload }) => {
			const b = { payload, card, node: tap(() => {
				if (b.node.ariaDisabled) return;
				b.tapped = true;
				this.#say({ text: title, payload });
			}, {}, title) };
			turn.buttons.push(b);
			return b.node;
		}));
	}

	#reply(reply, turn) {
		const w = this.#words;
		const { table, picture } = reply;
		const cells = (name, texts) => el("tr", {}, ...texts.map((text) => el(name, {}, ...inline(text))));
		const node = el("div", { class: "reply" }, sr(`${w.coach}: `), ...blocks(reply.lead),
			reply.points.length > 0 && el("ul", {}, ...reply.points.map((p) => el("li", { dir: "auto" }, ...inline(p.text), p.reason && el("span", { class: "reason" }, " (", ...inline(p.reason), ")")))),
			table && el("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": w.table },
				el("table", {}, el("thead", {}, cells("th", table.columns)), el("tbody", {}, ...table.rows.map((row) => cells("td", row))))),
			picture && (picture.tree ? drawn(picture.tree, { class: "pic", role: "img", "aria-label": picture.alt }) : el("p", {}, picture.alt)),
			...reply.cards.map((card) => el("div", { class: "card" }, el("strong", { dir: "auto" }, ...inline(card.title)), ...blocks(card.text), this.#row(card.buttons, turn, true))),
			...blocks(reply.closing),
			...reply.attachments.map((file) => tap(() => file.content ? this.#download(file) : this.#say({ text: turn.text, payload: turn.payload }), {}, `${w.download}: ${file.name}`)),
			reply.sources.length > 0 && el("div", { class: "src" }, `${w.sources}:`, el("ul", {}, ...reply.sources.map((s) => el("li", {}, link(s.title, s.url), `, ${w.checked} ${s.checked_on}`)))));
		return [node, this.#row(reply.buttons, turn) || ""];
	}

	#download(file) {
		const href = URL.createObjectURL(new Blob([file.content], { type: file.media_type }));
		el("a", { href, download: file.name }).click();
		setTimeout(() => URL.revokeObjectURL(href), 60e3);
	}

	// The rating goes with a word, or without when the person moves on.
	#rating({ intents, ...answer }) {
		const w = this.#words;
		let value = "";
		const post = async () => {
			if (!value) return;
			const rating = { do: "rate", value, word: input.value.trim(), answer };
			value = "";
			try {
				await this.#call("messages", { message_id: newId(), payload: `/press${JSON.stringify(rating)}` });
				if (node.contains(this.#root.activeElement)) this.#box.focus();
				node.replaceChildren(w.thanks);
			} catch (error) {
				value = rating.value;
				this.#trouble(error, post);
			}
		};
		const input = el("input", { maxlength: 300, placeholder: w.why, "aria-label": w.why, dir: "auto" });
		const form = el("form", { submit: (e) => { e.preventDefault(); post(); } }, input, el("button", {}, w.send));
		const thumb = (name) => tap((e) => {
			value = name;
			for (const b of node.querySelectorAll("[aria-pressed]")) b.ariaPressed = b === e.currentTarget;
			node.append(form);
			input.focus();
		}, { "aria-label": w[name], "aria-pressed": "false" }, icon(name));
		const node = el("div", { class: "rate", focusout: (e) => node.contains(e.relatedTarget) || post() }, thumb("up"), thumb("down"));
		return node;
	}
}

customElements.define("career-coach", CareerCoach);

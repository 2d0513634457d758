// What a host page may do with the widget: open it, and ask an example question for the reader.
const coach = document.querySelector("career-coach");
document.querySelector("[data-open]").addEventListener("click", () => coach.open());
for (const button of document.querySelectorAll("[data-ask]")) button.addEventListener("click", () => coach.send(button.textContent));

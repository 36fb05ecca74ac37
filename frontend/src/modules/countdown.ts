// Countdowns tick every ten seconds against the server's clock, which the page carries.
import { dueWords, english } from "./words";

const TICK_FOR = 10_000;
const skew = (() => {
  const told = document.documentElement.dataset["now"];
  return told ? Date.parse(told) - Date.now() : 0;
})();

function paint(mark: HTMLElement, now: number): void {
  const due = Date.parse(mark.getAttribute("datetime") ?? "");
  if (Number.isNaN(due)) return;
  const warn = Date.parse(mark.dataset["warn"] ?? "");
  const tone = now > due ? "red" : now >= warn ? "amber" : "green";
  mark.classList.remove("countdown--green", "countdown--amber", "countdown--red");
  mark.classList.add(`countdown--${tone}`);
  const words = mark.querySelector<HTMLElement>("[data-words]");
  const text = dueWords(Math.trunc((due - now) / 1000) || (now > due ? -1 : 0), english());
  if (words && words.textContent !== text) words.textContent = text;
}

export function startCountdowns(): void {
  const tick = (): void => {
    const now = Date.now() + skew;
    for (const mark of document.querySelectorAll<HTMLElement>("[data-countdown]")) paint(mark, now);
  };
  window.setInterval(tick, TICK_FOR);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
  document.addEventListener("htmx:afterSettle", tick);
}

// How long somebody has been waiting, counted up each second from what the server said when the line was drawn.
import { english } from "./words";

const drawnAt = new WeakMap<HTMLElement, number>();

function paint(mark: HTMLElement, now: number): void {
  const told = Number(mark.dataset["since"]);
  const from = drawnAt.get(mark) ?? now;
  drawnAt.set(mark, from);
  const seconds = told + Math.floor((now - from) / 1000);
  const words = seconds < 60 ? `${seconds}` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const unit = seconds < 60 ? (english() ? " s" : " 秒") : "";
  const text = english() ? `waiting ${words}${unit}` : `已等 ${words}${unit}`;
  if (mark.textContent !== text) mark.textContent = text;
  mark.classList.toggle("livechat__since--late", seconds > Number(mark.dataset["within"]));
}

export function startSince(): void {
  const tick = (): void => {
    const now = performance.now();
    for (const mark of document.querySelectorAll<HTMLElement>("[data-since]")) paint(mark, now);
  };
  window.setInterval(tick, 1000);
  document.addEventListener("htmx:afterSettle", tick);
  tick();
}

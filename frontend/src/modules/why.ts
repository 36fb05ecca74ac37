// Why a due time is what it is: asked for when somebody points at it, tabs to it or taps it; shown once, kept for the page.
const known = new Map<string, string>();
let shown: HTMLElement | null = null;
let timer = 0;

function tip(): HTMLElement {
  const found = document.querySelector<HTMLElement>("#whytip");
  if (found) return found;
  const made = document.createElement("div");
  made.id = "whytip";
  made.className = "whytip";
  made.setAttribute("role", "tooltip");
  made.popover = "manual";
  document.body.append(made);
  return made;
}

async function show(link: HTMLAnchorElement): Promise<void> {
  shown = link;
  const url = `${link.href.replace(/\/?$/, "/")}why/`;
  if (!known.has(url)) {
    const answer = await fetch(url, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    known.set(url, await answer.text());
  }
  if (shown !== link || !link.isConnected) return;
  const box = tip();
  box.replaceChildren(document.createRange().createContextualFragment(known.get(url) ?? ""));
  link.setAttribute("aria-describedby", box.id);
  if (!box.matches(":popover-open")) box.showPopover();
  const at = link.getBoundingClientRect();
  const top = at.bottom + box.offsetHeight + 8 > window.innerHeight ? at.top - box.offsetHeight - 4 : at.bottom + 4;
  box.style.top = `${Math.max(4, top)}px`;
  box.style.left = `${Math.max(4, Math.min(at.right - box.offsetWidth, window.innerWidth - box.offsetWidth - 4))}px`;
}

function hide(): void {
  window.clearTimeout(timer);
  shown?.removeAttribute("aria-describedby");
  shown = null;
  const box = document.querySelector<HTMLElement>("#whytip");
  if (box?.matches(":popover-open")) box.hidePopover();
}

const linkOf = (target: EventTarget | null): HTMLAnchorElement | null =>
  target instanceof Element ? target.closest<HTMLAnchorElement>("a[data-why]") : null;

export function startWhy(): void {
  document.addEventListener("pointerover", (event) => {
    if (event.target instanceof Element && event.target.closest("#whytip")) return;
    const link = linkOf(event.target);
    if (link === shown) return;
    hide();
    if (link && event.pointerType === "mouse") timer = window.setTimeout(() => void show(link), 150);
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event.target);
    if (link?.matches(":focus-visible")) void show(link);
    else if (!(event.target instanceof Element && event.target.closest("#whytip"))) hide();
  });
  document.addEventListener("click", (event) => {
    const link = linkOf(event.target);
    if (link && shown !== link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault(); // a first tap says why; the second goes to the whole story
      void show(link);
    }
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("scroll", () => document.querySelector("#whytip:popover-open") && hide(), { passive: true, capture: true });
}

// A shop's chat taken down: what the bookmark brought along is put into the field, and leaves the address at once.
const LAST = "goodword:shop";

export function startShop(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-shop]");
  if (!form) return;
  const text = form.elements.namedItem("text") as HTMLTextAreaElement;
  const shop = form.elements.namedItem("shop") as HTMLInputElement;
  if (location.hash.length > 1) {
    try {
      text.value ||= decodeURIComponent(location.hash.slice(1));
    } catch {
      text.value ||= location.hash.slice(1);
    }
    history.replaceState(null, "", location.pathname);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  try {
    shop.value ||= localStorage.getItem(LAST) ?? "";
    form.addEventListener("submit", () => localStorage.setItem(LAST, shop.value));
  } catch {
    // The shop is typed each time.
  }
}

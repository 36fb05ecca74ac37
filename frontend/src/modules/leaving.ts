// Whoever logs out leaves nothing of what was taken down on site on this device: neither entries nor the page kept for off line.
import { english } from "./words";

const DATABASE = "goodword-capture";
const CACHE = "goodword-capture";

async function waiting(): Promise<number> {
  if (!("databases" in indexedDB) || !(await indexedDB.databases()).some((one) => one.name === DATABASE)) return 0;
  return new Promise((resolve) => {
    const asked = indexedDB.open(DATABASE);
    asked.onerror = () => resolve(0);
    asked.onsuccess = () => {
      const database = asked.result;
      if (!database.objectStoreNames.contains("entries")) return resolve(0);
      const counted = database.transaction("entries").objectStore("entries").count();
      counted.onsuccess = () => {
        database.close();
        resolve(counted.result);
      };
      counted.onerror = () => resolve(0);
    };
  });
}

export function startLeaving(): void {
  const leave = (event: SubmitEvent): void => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-logout]") || form.dataset["left"]) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // what else is cleared at log-out waits for the answer
    void (async () => {
      const left = await waiting().catch(() => 0);
      const words = english() ? `${left} entries taken down on site were not sent and will be lost. Log out?` : `有 ${left} 条现场记录还没有发出，退出后会丢失。仍要退出吗？`;
      if (left && !window.confirm(words)) return;
      indexedDB.deleteDatabase(DATABASE);
      if ("caches" in window) await caches.delete(CACHE).catch(() => false);
      for (const one of (await navigator.serviceWorker?.getRegistrations().catch(() => [])) ?? []) await one.unregister();
      form.dataset["left"] = "1";
      form.requestSubmit();
    })();
  };
  document.addEventListener("submit", leave, { capture: true });
}

// The page for taking down on site opens off line too: its frame is kept, never what was typed into it or sent.
declare const self: ServiceWorkerGlobalScope;
export {};

const CACHE = "goodword-capture";
const PAGE = "/capture/";

self.addEventListener("install", (event) => {
  event.waitUntil(self.skipWaiting());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const ours = url.origin === self.location.origin && (url.pathname === PAGE || url.pathname.startsWith("/static/goodword/") || url.pathname === "/look.css" || url.pathname === "/look/mark");
  if (request.method !== "GET" || !ours) return;
  event.respondWith(answered(request));
});

/** What the line gives, which is then kept; off the line what was kept. A log-in page in its place is not kept. */
async function answered(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const before = await cache.match(request, { ignoreSearch: true });
    if (before) return before;
    throw error;
  }
}

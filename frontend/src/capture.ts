// Taking down on site what a customer says, on line or off: every entry goes into the device's own store first and leaves it
// only when the server has it. Each has a key, so that however often it is sent it arrives once.
interface Entry { key: string; me: string; said_at: string; fields: [string, string][]; photos: Blob[]; problem?: string }

const DATABASE = "goodword-capture";
const STORE = "entries";
const EDGE = 1600;
const AGAIN = 20_000;

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error as Error);
  });
}

async function kept<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const moved = database.transaction(STORE, mode, { durability: "strict" });
      const asked = act(moved.objectStore(STORE));
      moved.oncomplete = () => resolve(asked.result);
      moved.onerror = moved.onabort = () => reject(moved.error as Error);
    });
  } finally {
    database.close();
  }
}

/** A photo as small as it is still plain: shrunk on the phone, so that a slow line carries it. What cannot be drawn goes as it is. */
async function shrunk(file: File): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
    if (scale === 1 && file.size < 500_000) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.82));
    return blob && blob.size < file.size ? blob : file;
  } catch {
    return file;
  }
}

const cookie = (name: string): string => new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)?.[1] ?? "";
const fresh = (): string => Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function start(form: HTMLFormElement): void {
  const said = document.querySelector<HTMLElement>("[data-said]");
  const waiting = document.querySelector<HTMLElement>("[data-waiting]");
  const words = form.dataset;
  const me = words["me"] ?? "";
  let sending = false;
  const tell = (text: string, bad = false): void => {
    if (!said) return;
    said.textContent = text;
    said.classList.toggle("field__error", bad);
  };

  const show = async (): Promise<void> => {
    const entries = await kept<Entry[]>("readonly", (store) => store.getAll() as IDBRequest<Entry[]>);
    if (!waiting) return;
    waiting.hidden = entries.length === 0;
    const why = entries.find((entry) => entry.problem)?.problem ?? "";
    waiting.textContent = entries.length ? `${(words["waiting"] ?? "").replace("{n}", String(entries.length))} ${why}`.trim() : "";
  };

  /** The server's answer: "" when it has the entry, else why not; an exception when it could not be asked. */
  const sent = async (entry: Entry): Promise<string> => {
    const body = new FormData();
    for (const [name, value] of [...entry.fields, ["key", entry.key], ["me", entry.me], ["said_at", entry.said_at]] as [string, string][]) body.append(name, value);
    entry.photos.forEach((photo, n) => body.append("photos", photo, photo instanceof File ? photo.name : `photo-${n + 1}.jpg`));
    const answer = await fetch(form.action, {
      method: "POST", body, credentials: "same-origin", redirect: "manual",
      headers: { Accept: "application/json", "HX-Request": "true", "X-CSRFToken": cookie("csrftoken") },
    });
    if (answer.ok) return "";
    if (answer.status === 401 || answer.type === "opaqueredirect" || answer.status === 403) return words["login"] ?? "";
    if (answer.status === 409 || answer.status === 422) return ((await answer.json()) as { problem: string }).problem;
    throw new Error(String(answer.status));
  };

  const sendAll = async (): Promise<void> => {
    if (sending) return;
    sending = true;
    try {
      for (const entry of await kept<Entry[]>("readonly", (store) => store.getAll() as IDBRequest<Entry[]>)) {
        const why = await sent(entry);
        if (!why) await kept("readwrite", (store) => store.delete(entry.key));
        else await kept("readwrite", (store) => store.put({ ...entry, problem: why }));
        if (!why) tell(words["sent"] ?? "");
      }
    } catch {
      // Off the line: they stay where they are.
    } finally {
      sending = false;
      await show();
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void (async () => {
      const given = new FormData(form);
      const files = given.getAll("photos").filter((file): file is File => file instanceof File && file.size > 0);
      const fields = [...given.entries()].filter((pair): pair is [string, string] => typeof pair[1] === "string" && !["csrfmiddlewaretoken", "key", "me", "said_at"].includes(pair[0]));
      const entry: Entry = { key: fresh(), me, said_at: new Date().toISOString(), fields, photos: await Promise.all(files.map(shrunk)) };
      try {
        await kept("readwrite", (store) => store.put(entry));
      } catch {
        tell(words["full"] ?? "", true);
        return;
      }
      const channel = given.get("channel");
      form.reset();
      form.querySelectorAll<HTMLInputElement>("[name=channel]").forEach((one) => (one.checked = one.value === channel));
      choose();
      tell(words["kept"] ?? "");
      await show();
      await sendAll();
    })();
  });

  const choose = (): void => {
    const channel = form.querySelector<HTMLInputElement>("[name=channel]:checked")?.value;
    for (const set of form.querySelectorAll<HTMLFieldSetElement>("[data-channel]")) {
      set.hidden = set.dataset["channel"] !== channel;
      set.disabled = set.hidden;
    }
  };
  form.addEventListener("change", choose);
  choose();
  startScanning(form, tell);
  addEventListener("online", () => void sendAll());
  document.addEventListener("visibilitychange", () => document.hidden || void sendAll());
  setInterval(() => void sendAll(), AGAIN);
  void show().then(sendAll);
  if ("serviceWorker" in navigator) void navigator.serviceWorker.register(words["worker"] ?? "").catch(() => undefined);
}

interface Detector { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> }

function startScanning(form: HTMLFormElement, tell: (text: string, bad?: boolean) => void): void {
  const button = form.querySelector<HTMLButtonElement>("[data-scan]");
  const video = form.querySelector<HTMLVideoElement>("video");
  const field = form.querySelector<HTMLInputElement>("[name=what]");
  const Made = (window as unknown as { BarcodeDetector?: new (options: { formats: string[] }) => Detector }).BarcodeDetector;
  if (!button || !video || !field || !Made || !navigator.mediaDevices) return;
  button.hidden = false;
  let stream: MediaStream | null = null;
  const stop = (): void => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.hidden = true;
  };
  button.addEventListener("click", () => {
    if (stream) return stop();
    void (async () => {
      try {
        const detector = new Made({ formats: ["qr_code"] });
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        video.srcObject = stream;
        video.hidden = false;
        await video.play();
        while (stream) {
          const [found] = await detector.detect(video);
          if (found) {
            field.value = found.rawValue;
            stop();
          }
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      } catch {
        stop();
        tell(form.dataset["typed"] ?? "", true);
      }
    })();
  });
}

const found = document.querySelector<HTMLFormElement>("form[data-capture]");
if (found) start(found);

// How well what was typed fits some words: as they stand, by the beginnings of words, by pinyin initials, by letters in order.
const FIRSTS = "ABCDEFGHJKLMNOPQRSTWXYZ";
// The first character of each initial, by number: the Traditional copy of the script rewrites characters in it.
const BOUNDS = String.fromCodePoint(
  ...[0x963f, 0x516b, 0x5693, 0x54d2, 0x59b8, 0x53d1, 0x65ee, 0x54c8, 0x8ba5, 0x5494, 0x5783, 0x5988],
  ...[0x62cf, 0x5662, 0x5991, 0x4e03, 0x5465, 0x4ee8, 0x4ed6, 0x5c72, 0x5915, 0x4e2b, 0x5e00],
);
const inPinyin = new Intl.Collator("zh-Hans-u-co-pinyin");

/** 「工作台」 is "gzt": each character's place among the first ones of every initial. Others stand for themselves. */
export function initials(text: string): string {
  let found = "";
  for (const sign of text.toLowerCase()) {
    if (!/\p{Script=Han}/u.test(sign)) {
      found += /[a-z0-9]/.test(sign) ? sign : "";
      continue;
    }
    let place = BOUNDS.length - 1;
    while (place > 0 && inPinyin.compare(BOUNDS.charAt(place), sign) > 0) place -= 1;
    found += FIRSTS.charAt(place).toLowerCase();
  }
  return found;
}

/** 0 where it does not fit; the more the better. Parts between blanks have to fit each. */
export function fit(asked: string, ...texts: string[]): number {
  const parts = asked.toLowerCase().split(/\s+/).filter(Boolean);
  const each = parts.map((part) => Math.max(0, ...texts.map((text) => fitOne(part, text.toLowerCase()))));
  return each.length && each.every((one) => one > 0) ? Math.min(...each) : 0;
}

function fitOne(part: string, text: string): number {
  const place = text.indexOf(part);
  if (place === 0) return 100;
  if (place > 0) return /[\s·/，、-]/.test(text.charAt(place - 1)) ? 80 : 60;
  const spelt = initials(text).indexOf(part);
  if (spelt >= 0) return spelt === 0 ? 70 : 50;
  const words = text.split(/[\s·/，、-]+/).map((word) => word.charAt(0)).join("");
  if (words.includes(part)) return 40;
  return inOrder(part, text) ? 10 : 0;
}

function inOrder(part: string, text: string): boolean {
  let from = 0;
  for (const sign of part) {
    from = text.indexOf(sign, from) + 1;
    if (!from) return false;
  }
  return part.length > 1;
}

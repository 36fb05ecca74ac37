// The words of a due time; the same rules as due_words() in templatetags/goodword_ui.py.
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const english = (): boolean => document.documentElement.lang.toLowerCase().startsWith("en");

export function lengthWords(seconds: number, en: boolean): string {
  if (seconds < MINUTE) return en ? "under 1 min" : "不到 1 分";
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} ${en ? "min" : "分"}`;
  const [big, small, unit, bigWord, smallWord] =
    seconds < DAY
      ? [HOUR, MINUTE, 60, en ? "h" : "小时", en ? "min" : "分"]
      : [DAY, HOUR, 24, en ? "d" : "天", en ? "h" : "小时"];
  const whole = Math.floor(seconds / Number(big));
  const rest = seconds < 7 * DAY ? Math.floor(seconds / Number(small)) % Number(unit) : 0;
  return rest ? `${whole} ${bigWord} ${rest} ${smallWord}` : `${whole} ${bigWord}`;
}

export function dueWords(secondsLeft: number, en: boolean): string {
  const length = lengthWords(Math.abs(secondsLeft), en);
  if (secondsLeft < 0) return en ? `${length} late` : `超时 ${length}`;
  return en ? `${length} left` : `还剩 ${length}`;
}

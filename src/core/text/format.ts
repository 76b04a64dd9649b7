export type Locale = 'en' | 'ja';

const missing = '–';
const minus = '−';
const finite = (value: number | null | undefined): value is number => typeof value === 'number' && Number.isFinite(value);
/** By decimals: making one takes as long as a hundred uses of it. */
const formats = new Map<number, Intl.NumberFormat>();
function grouped(value: number, decimals: number): string {
  let format = formats.get(decimals);
  if (!format) formats.set(decimals, format = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));
  return format.format(value).replace('-', minus);
}

/** Digits after the true minus where there is one, thousands commas. Not finite or not known: "–". */
export const decimal = (value: number | null | undefined, decimals: number): string => (finite(value) ? grouped(value, decimals) : missing);

export const whole = (value: number | null | undefined): string => decimal(value, 0);

/** A fraction from 0 to 1 as percent, without the sign: 0.8653 is "86.53". */
export const percentNumber = (fraction: number | null | undefined, decimals = 2): string =>
  decimal(finite(fraction) ? fraction * 100 : null, decimals);

/** "86.53 %" */
export const percent = (fraction: number | null | undefined, decimals = 2): string =>
  finite(fraction) ? `${percentNumber(fraction, decimals)} %` : missing;

/** A difference of two fractions in points, always with its sign: "+1.72", "−0.30", "0.00". */
export const points = (difference: number | null | undefined, decimals = 2): string => signed(finite(difference) ? difference * 100 : null, decimals);

/** A difference, always with its sign unless it shows as zero: 1.72 is "+1.72". */
export function signed(difference: number | null | undefined, decimals = 2): string {
  if (!finite(difference)) return missing;
  const text = grouped(Math.abs(difference), decimals);
  if (Number(text.replaceAll(',', '')) === 0) return text;
  return (difference > 0 ? '+' : minus) + text;
}

/** Two significant digits; "< 0.001" below: 0.0432 is "0.043". */
export function pValue(p: number | null | undefined): string {
  if (!finite(p)) return missing;
  if (p < 0.001) return '< 0.001';
  return p > 0.995 ? '1.0' : p.toFixed(Math.max(1, 1 - Math.floor(Math.log10(p))));
}

/** Three decimals; one that they would show as zero has two significant digits: "4.2e−4". */
export const loss = (value: number | null | undefined): string => (finite(value) && value !== 0 && Math.abs(value) < 5e-4 ? value.toExponential(1).replaceAll('-', minus) : decimal(value, 3));

/** A loss on an axis: as many decimals as it needs to differ from its neighbours on a logarithmic one. */
export function lossTick(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e5 || (size > 0 && size < 0.01)) return value.toExponential(0).replace('+', '').replaceAll('-', minus);
  return decimal(value, size >= 100 ? 0 : size > 0 && size < 0.1 ? 2 : 1);
}

/** Four significant digits at most, no zeros that say nothing: "0.02927", "0.05", "5e−5". */
export function learningRate(value: number | null | undefined): string {
  if (!finite(value)) return missing;
  const text = value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential(3).replace(/\.?0+e/, 'e') : String(Number(value.toPrecision(4)));
  return text.replaceAll('-', minus);
}

/** Images a second, whole; below ten with one decimal. */
export const throughput = (value: number | null | undefined): string => decimal(value, finite(value) && value < 10 ? 1 : 0);

/** GB (10⁹) with one decimal; below 1 GB whole MB; below 1 MB whole kB. */
export function bytes(value: number | null | undefined): string {
  if (!finite(value)) return missing;
  if (value >= 999.5e6) return `${grouped(value / 1e9, 1)} GB`;
  if (value >= 999.5e3) return `${grouped(value / 1e6, 0)} MB`;
  return `${grouped(value / 1e3, 0)} kB`;
}

const two = (value: number) => String(value).padStart(2, '0');

/** "0.31 s", "9 s", "3 min 08 s", "1 h 27 min", from 48 h in days. Japanese: 9秒, 3分08秒, 1時間27分, 2.4日. */
export function duration(ms: number | null | undefined, locale: Locale): string {
  if (!finite(ms) || ms < 0) return missing;
  const ja = locale === 'ja';
  const seconds = Math.round(ms / 1000);
  if (ms < 995) return ja ? `${(ms / 1000).toFixed(2)}秒` : `${(ms / 1000).toFixed(2)} s`;
  if (seconds < 60) return ja ? `${seconds}秒` : `${seconds} s`;
  if (seconds < 3600) {
    const [min, s] = [Math.floor(seconds / 60), two(seconds % 60)];
    return ja ? `${min}分${s}秒` : `${min} min ${s} s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60) {
    const [h, min] = [Math.floor(minutes / 60), two(minutes % 60)];
    return ja ? `${h}時間${min}分` : `${h} h ${min} min`;
  }
  const days = (minutes / 1440).toFixed(1);
  return ja ? `${days}日` : `${days} days`;
}

/** A rough time to come: seconds only below two minutes, then minutes. "about" is the caller's word. */
export function estimate(ms: number | null | undefined, locale: Locale): string {
  if (!finite(ms) || ms < 0) return missing;
  if (ms < 120_000) return duration(Math.max(1000, ms), locale);
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return locale === 'ja' ? `${minutes}分` : `${minutes} min`;
  return duration(minutes * 60_000, locale);
}

const date = (ms: number) => new Date(ms);

/** "17:31", in the computer's time zone. */
export const clock = (ms: number): string => `${two(date(ms).getHours())}:${two(date(ms).getMinutes())}`;
export const clockSeconds = (ms: number): string => `${clock(ms)}:${two(date(ms).getSeconds())}`;

/** When it was, as short as it can be said: "14:52" today, "Sat" within six days, "12 Nov" this year, else with the year. */
export function when(ms: number | null | undefined, now: number, locale: Locale): string {
  if (!finite(ms)) return missing;
  const [day, today] = [date(ms), date(now)];
  if (day.toDateString() === today.toDateString()) return clock(ms);
  if (now > ms && now - ms < 6 * 86_400_000) return day.toLocaleDateString(locale, { weekday: 'short' });
  const year = day.getFullYear() === today.getFullYear() ? undefined : 'numeric';
  return day.toLocaleDateString(locale === 'en' ? 'en-GB' : 'ja-JP', { day: 'numeric', month: 'short', year });
}

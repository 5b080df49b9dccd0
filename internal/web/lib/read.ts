// read: reads a number as a person types it, to show back "we read this as". Only the school judges (package item);
// nothing here says right or not yet.

/** Read is a number as typed: whole part, and a fraction or decimals when there are any. */
export interface Read { negative: boolean; whole: string; top?: string; bottom?: string; decimals?: string }

const shapes = {
  mixed: /^(-?)(\d+)\s+(\d+)\s*\/\s*(\d+)$/,
  fraction: /^(-?)(\d+)\s*\/\s*(\d+)$/,
  decimal: /^(-?)(\d*)[.](\d+)$/,
  whole: /^(-?)(\d+|\d{1,3}(?:,\d{3})+)$/,
}

/** readNumber reads "12", "1,200", "-3", "0.75", ".5", "3/4" and "1 1/2"; null when it is none of these or divides by zero. */
export function readNumber(text: string): Read | null {
  const s = text.trim().replaceAll('\u2212', '-').replaceAll('\u2044', '/')
  let m = shapes.mixed.exec(s)
  if (m) return Number(m[4]) === 0 ? null : { negative: m[1] === '-', whole: m[2]!, top: m[3]!, bottom: m[4]! }
  m = shapes.fraction.exec(s)
  if (m) return Number(m[3]) === 0 ? null : { negative: m[1] === '-', whole: '', top: m[2]!, bottom: m[3]! }
  m = shapes.decimal.exec(s)
  if (m) return { negative: m[1] === '-', whole: m[2] || '0', decimals: m[3]! }
  m = shapes.whole.exec(s)
  if (m) return { negative: m[1] === '-', whole: m[2]!.replaceAll(',', '') }
  return null
}

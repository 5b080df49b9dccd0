// spoken: drawn author text as one line, for a name that a screen reader reads. Inside a button browsers pass over mathematics.

interface El { n?: string; a?: Record<string, string>; c?: El[]; t?: string }

const blocks = new Set(['p', 'li', 'td', 'th', 'tr', 'h2', 'h3', 'h4', 'figure'])

/** spoken words a tree: fractions as 1/2, powers as x^2, pictures by what they say they show. */
export function spoken(els: El[] | null | undefined): string {
  return (els ?? []).map(one).join('').replace(/[\u2061-\u2064]/g, '').replace(/\s+/g, ' ').trim()
}

function one(el: El): string {
  const parts = (el.c ?? []).map(one)
  if (el.n === 'mfrac') return `${grouped(parts[0])}/${grouped(parts[1])}`
  if (el.n === 'msup') return `${parts[0]}^${grouped(parts[1])}`
  if (el.n === 'msub') return `${parts[0]}_${grouped(parts[1])}`
  if (el.n === 'msqrt') return `√${grouped(parts.join(''))}`
  if (el.n === 'mo') return ` ${el.t ?? parts.join('')} `
  if (el.n === 'img') return ` ${el.a?.['alt'] ?? ''} `
  if (el.n === 'svg') return ` ${spoken((el.c ?? []).filter((c) => c.n === 'title'))} `
  const all = (el.t ?? '') + parts.join('')
  return blocks.has(el.n ?? '') ? ` ${all} ` : all
}

const grouped = (s = ''): string => (/[\s+\-−/]/.test(s.trim()) ? `(${s.trim()})` : s.trim())

// reading: a text in pieces, so that checks stand after their blocks and a pause hides what follows it.
import type { El } from '../ui/Drawn.tsx'

/** Piece is a run of blocks, the n-th pause, or the check at a place in the list of checks. */
export type Piece = { is: 'text'; of: El[] } | { is: 'pause'; n: number } | { is: 'check'; n: number }

/** pieces takes drawn blocks apart. Package doc draws a pause as a section followed by one element that holds all the
 * rest; here they stand in a row again. after says for each check after which block (from 1) it stands, 0 at the end. */
export function pieces(blocks: El[], after: number[]): Piece[] {
  const flat: { el: El; pause: boolean }[] = []
  const walk = (els: El[]) => {
    for (const el of els) {
      if (el.n === 'div' && el.a?.['class'] === 'after-pause') walk(el.c ?? [])
      else flat.push({ el, pause: el.n === 'section' && el.a?.['class'] === 'pause' })
    }
  }
  walk(blocks)
  const out: Piece[] = []
  const text = (el: El) => { const last = out.at(-1); if (last?.is === 'text') last.of.push(el); else out.push({ is: 'text', of: [el] }) }
  const checks = (at: number) => after.forEach((b, n) => { if (b === at) out.push({ is: 'check', n }) })
  let pauses = 0
  flat.forEach(({ el, pause }, i) => {
    text(el)
    checks(i + 1)
    if (pause && i + 1 < flat.length) out.push({ is: 'pause', n: pauses++ })
  })
  after.forEach((b, n) => { if (b === 0 || b > flat.length) out.push({ is: 'check', n }) })
  return out
}

// The picture on which places are drawn: a drag draws one, a drag of one moves it, its corner sizes it; a polygon gets a corner by
// each tap. Each place can be reached by Tab, moved by arrows, sized by Shift and arrows, and taken away.
import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { t } from '../lib/words.ts'
import { Button } from '../ui/Button.tsx'
import { type Area, type Box, type Point, type Shape, type Spot, bent, boxOf, closed, corners, cornersText, drawn, holds, moved, percent, pointsOf, shapeOf, sized } from './spots.ts'

interface Props {
  shape: Shape
  spots: Spot[]
  chosen: number
  choose: (i: number) => void
  /** lay is missing where there are as many places as there may be. */
  lay?: (area: Area) => void
  put: (i: number, area: Area) => void
  away: (i: number) => void
  children: ComponentChildren
}

type Held = { what: 'new'; from: Point } | { what: 'move'; i: number; was: Area; from: Point } | { what: 'size'; i: number; was: Area; from: Point } | { what: 'bend'; i: number; was: Area; at: number }

/** near is how far from a corner, in CSS pixels, a finger still takes hold of it. */
const near = 20

export function Board(p: Props) {
  const board = useRef<HTMLDivElement>(null)
  const held = useRef<{ id: number; held: Held } | null>(null)
  const [begun, begin] = useState<Area | null>(null)
  const [open, setOpen] = useState<Point[]>([])

  const at = (e: PointerEvent): Point => {
    const b = board.current!.getBoundingClientRect()
    const part = (n: number, of: number) => Math.round(Math.min(1000, Math.max(0, (1000 * n) / of)))
    return { x: part(e.clientX - b.left, b.width), y: part(e.clientY - b.top, b.height) }
  }
  const close = (u: Point, v: Point): boolean => {
    const b = board.current!.getBoundingClientRect()
    return Math.hypot(((u.x - v.x) * b.width) / 1000, ((u.y - v.y) * b.height) / 1000) <= near
  }
  const end = (all: Point[]) => { const a = closed(all); setOpen([]); if (a) p.lay?.(a) }

  const heldAt = (here: Point): Held | null => {
    const a = p.spots[p.chosen]?.area
    if (a?.points?.length) {
      const corner = pointsOf(a).findIndex((c) => close(c, here))
      if (corner >= 0) return { what: 'bend', i: p.chosen, was: a, at: corner }
    } else if (a && close({ x: (a.x ?? 0) + (a.width ?? 0), y: (a.y ?? 0) + (a.height ?? 0) }, here)) return { what: 'size', i: p.chosen, was: a, from: here }
    const i = p.spots.findLastIndex((s) => s.area && holds(s.area, here))
    return i >= 0 ? { what: 'move', i, was: p.spots[i]!.area!, from: here } : p.lay ? { what: 'new', from: here } : null
  }
  const down = (e: PointerEvent) => {
    if (e.button !== 0 || !e.isPrimary) return
    const here = at(e)
    if (open.length > 0) {
      if (open.length >= 3 && (close(open[0]!, here) || open.length >= corners)) end(open)
      else setOpen([...open, here])
      return
    }
    const h = heldAt(here)
    if (!h) return
    e.preventDefault() // a press that draws selects no text and drags no picture
    if (h.what === 'new' && p.shape === 'polygon') { setOpen([here]); p.choose(-1); return }
    if (h.what !== 'new') { p.choose(h.i); board.current?.querySelector<SVGElement>(`[data-i="${h.i}"]`)?.focus() }
    held.current = { id: e.pointerId, held: h }
    board.current?.setPointerCapture(e.pointerId)
  }
  const move = (e: PointerEvent) => {
    const g = held.current
    if (g?.id !== e.pointerId) return
    const here = at(e)
    const h = g.held
    if (h.what === 'new') begin(drawn(p.shape, h.from, here))
    else if (h.what === 'bend') p.put(h.i, bent(h.was, h.at, here))
    else p.put(h.i, (h.what === 'move' ? moved : sized)(h.was, here.x - h.from.x, here.y - h.from.y))
  }
  const up = (taken: boolean) => (e: PointerEvent) => {
    const g = held.current
    if (g?.id !== e.pointerId) return
    held.current = null
    begin(null)
    if (g.held.what === 'new') { if (!taken) p.lay?.(drawn(p.shape, g.held.from, at(e))) } else if (taken) p.put(g.held.i, g.held.was)
  }
  const key = (i: number, a: Area) => (e: KeyboardEvent) => {
    const by = { ArrowRight: [10, 0], ArrowLeft: [-10, 0], ArrowUp: [0, -10], ArrowDown: [0, 10] }[e.key]
    if (by) p.put(i, (e.shiftKey ? sized : moved)(a, by[0]!, by[1]!))
    else if (e.key === 'Delete' || e.key === 'Backspace') p.away(i)
    else return
    e.preventDefault()
  }
  const hand = {
    onPointerDown: down, onPointerMove: move, onPointerUp: up(false), onPointerCancel: up(true),
    onKeyDown: (e: KeyboardEvent) => { if (e.key === 'Escape' && open.length > 0) { setOpen([]); e.preventDefault() } },
  }
  return (
    <>
      <div ref={board} class="spots areas" role="group" aria-label={t('author.areas')} {...hand}>
        {p.children}
        <svg viewBox="0 0 1000 1000" preserveAspectRatio="none">
          {p.spots.map((s, i) => s.area && (
            <Mark key={i} of={s.area} on={i === p.chosen} right={s.right} i={i} name={nameOf(s, i)} onKeyDown={key(i, s.area)} onFocus={() => p.choose(i)} />
          ))}
          {begun && <Mark of={begun} on right={false} />}
          {open.length > 0 && <polyline class="area on" vector-effect="non-scaling-stroke" points={open.map((c) => `${c.x} ${c.y}`).join(' ')} />}
        </svg>
        <svg class="areas-pins" aria-hidden="true">
          {p.spots.map((s, i) => s.area && <Pin key={i} of={boxOf(s.area)} on={i === p.chosen}>{i + 1}</Pin>)}
          {gripsOf(p.spots[p.chosen]?.area).map((c, k) => <circle key={k} class="areas-grip" cx={`${c.x / 10}%`} cy={`${c.y / 10}%`} r="7" />)}
          {open.map((c, k) => <circle key={k} class={k === 0 ? 'areas-grip first' : 'areas-grip'} cx={`${c.x / 10}%`} cy={`${c.y / 10}%`} r="7" />)}
        </svg>
      </div>
      <output class="hear">{p.spots[p.chosen]?.area ? nameOf(p.spots[p.chosen]!, p.chosen) : ''}</output>
      {open.length > 0 && (
        <div class="row near">
          <Button small disabled={open.length < 3} onClick={() => end(open)}>{t('author.polygon.close')}</Button>
          <Button small kind="plain" onClick={() => setOpen([])}>{t('ui.cancel')}</Button>
        </div>
      )}
    </>
  )
}

/** gripsOf are where a place can be taken hold of to size it. */
function gripsOf(a: Area | undefined): Point[] {
  if (!a) return []
  return a.points?.length ? pointsOf(a) : [{ x: (a.x ?? 0) + (a.width ?? 0), y: (a.y ?? 0) + (a.height ?? 0) }]
}

/** nameOf is a place in words: for who does not see it, and while it is moved. */
function nameOf(s: Spot, i: number): string {
  const a = s.area!
  const b = boxOf(a)
  const name = s.text || t('author.area.n', { n: i + 1 })
  if (shapeOf(a) === 'polygon') return t('author.area.is.polygon', { name, corners: cornersText(a) })
  return t(`author.area.is.${shapeOf(a)}`, { name, left: percent(b.x), top: percent(b.y), width: percent(b.width), height: percent(b.height) })
}

function Pin({ of: b, on, children }: { of: Box; on: boolean; children: ComponentChildren }) {
  const x = `${(b.x + b.width / 2) / 10}%`, y = `${(b.y + b.height / 2) / 10}%`
  return <g class={on ? 'areas-pin on' : 'areas-pin'}><circle cx={x} cy={y} r="13" /><text x={x} y={y}>{children}</text></g>
}

function Mark({ of: a, on, right, i, name, ...rest }: { of: Area; on: boolean; right: boolean; i?: number; name?: string; onKeyDown?: (e: KeyboardEvent) => void; onFocus?: () => void }) {
  const live = i !== undefined
  const shared = { class: ['area', on && 'on', right && 'right'].filter(Boolean).join(' '), 'vector-effect': 'non-scaling-stroke', ...(live && { tabindex: 0, role: 'button' as const, 'aria-label': name, 'aria-pressed': on, 'aria-describedby': 'areas-how', 'data-i': i }), ...rest }
  const b = boxOf(a)
  if (a.points?.length) return <polygon {...shared} points={a.points.join(' ')} />
  if (a.round) return <ellipse {...shared} cx={b.x + b.width / 2} cy={b.y + b.height / 2} rx={b.width / 2} ry={b.height / 2} />
  return <rect {...shared} x={b.x} y={b.y} width={b.width} height={b.height} />
}

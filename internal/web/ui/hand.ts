// hand: placing things on a picture by finger, mouse, pen or keyboard. A tap places, a drag moves, and what a scroll of the page
// began is taken back. The keyboard has a place of its own that arrows move; Enter places there, Delete takes away.
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { nearest, plus, sameSpot, type Scale, type Spot, times, value } from '../lib/places.ts'

/** reach is how far from a thing, in CSS pixels, a finger still takes hold of it. */
const reach = 24

export interface HandProps {
  scales: Scale[]
  spots: Spot[]
  /** cap is how many may be there; at the cap a tap moves the nearest. */
  cap: number
  /** at says where a number of each scale lies, and what lies there. */
  at: { x: (spot: Spot) => [number, number]; of: (x: number, y: number) => number[] }
  put: (i: number, spot: Spot) => void
  /** take hears which one was taken hold of. */
  take?: (spot: Spot) => void
  /** back is asked for before a gesture, and called when that is taken back. */
  back: () => () => void
  away: (spot: Spot) => void
  turn?: (spot: Spot) => void
  fixed?: boolean
}

export interface Hand {
  /** held is the thing under the finger, −1 for none. */
  held: number
  cursor: Spot
  on: Record<string, (e: never) => void>
}

/** useHand is what a picture listens to. */
export function useHand(p: HandProps): Hand {
  const [held, hold] = useState(-1)
  const [moved, go] = useState<Spot | null>(null)
  const gesture = useRef<{ id: number; i: number; undo: () => void } | null>(null)
  const cursor = moved ?? p.spots[0] ?? p.scales.map((s) => nearest(s, Math.max(value(s.from), Math.min(0, value(s.to)))))
  if (p.fixed) return { held: -1, cursor, on: {} }

  const spotAt = (e: PointerEvent): { spot: Spot; x: number; y: number } => {
    const svg = (e.currentTarget as Element).querySelector('svg')!
    const box = svg.getBoundingClientRect()
    const x = e.clientX - box.left, y = e.clientY - box.top
    return { spot: p.at.of(x, y).map((v, i) => nearest(p.scales[i]!, v)), x, y }
  }
  const down = (e: PointerEvent) => {
    if (e.button !== 0 || !e.isPrimary) return
    const { spot, x, y } = spotAt(e)
    const far = p.spots.map((s) => { const [u, v] = p.at.x(s); return Math.hypot(u - x, p.scales.length > 1 ? v - y : 0) })
    const near = far.indexOf(Math.min(...far))
    const undo = p.back()
    let i = near
    if (near < 0 || far[near]! > reach) {
      const there = p.spots.findIndex((s) => sameSpot(s, spot))
      i = there >= 0 ? there : p.spots.length < p.cap ? p.spots.length : near
      if (there < 0) p.put(i, spot)
      else p.take?.(spot)
    } else p.take?.(p.spots[near]!)
    gesture.current = { id: e.pointerId, i, undo }
    ;(e.currentTarget as Element).setPointerCapture(e.pointerId)
    hold(i)
    go(spot)
  }
  const move = (e: PointerEvent) => {
    const g = gesture.current
    if (g?.id !== e.pointerId) return
    const { spot } = spotAt(e)
    const was = p.spots[g.i]
    if (was && !sameSpot(was, spot) && !p.spots.some((s) => sameSpot(s, spot))) { p.put(g.i, spot); go(spot) }
  }
  const end = (taken: boolean) => (e: PointerEvent) => {
    const g = gesture.current
    if (g?.id !== e.pointerId) return
    if (taken) g.undo()
    gesture.current = null
    hold(-1)
  }
  const key = (e: KeyboardEvent) => {
    const many = e.shiftKey ? 5 : 1
    const by = { ArrowRight: [many, 0], ArrowLeft: [-many, 0], ArrowUp: p.scales.length > 1 ? [0, many] : [many, 0], ArrowDown: p.scales.length > 1 ? [0, -many] : [-many, 0] }[e.key]
    if (by) go(cursor.map((r, i) => nearest(p.scales[i]!, value(plus(r, times(p.scales[i]!.snap, by[i]!))))))
    else if (e.key === 'Home') go(p.scales.map((s) => nearest(s, value(s.from))))
    else if (e.key === 'End') go(p.scales.map((s) => nearest(s, value(s.to))))
    else if (e.key === 'Enter' && !p.spots.some((s) => sameSpot(s, cursor))) {
      const far = p.spots.map((s) => s.reduce((sum, r, i) => sum + Math.abs(value(r) - value(cursor[i]!)), 0))
      p.put(p.spots.length < p.cap ? p.spots.length : far.indexOf(Math.min(...far)), cursor)
    } else if (e.key === ' ' && p.turn) p.turn(cursor)
    else if (e.key === 'Delete' || e.key === 'Backspace') p.away(cursor)
    else if (e.key !== 'Enter' && e.key !== ' ') return
    e.preventDefault()
  }
  return { held, cursor, on: { onPointerDown: down, onPointerMove: move, onPointerUp: end(false), onPointerCancel: end(true), onKeyDown: key } }
}

/** useWidth is how wide an element is in CSS pixels, most at most. */
export function useWidth(el: RefObject<HTMLElement | null>, most: number): number {
  const [width, set] = useState(Math.min(most, 320))
  useLayoutEffect(() => {
    const look = () => set(Math.max(220, Math.min(most, el.current?.clientWidth ?? 0)))
    look()
    const seen = new ResizeObserver(look)
    seen.observe(el.current!)
    return () => seen.disconnect()
  }, [])
  return width
}

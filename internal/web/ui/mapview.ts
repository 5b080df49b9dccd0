// mapview: how a map is moved about and made larger, by mouse, finger, wheel and button. The map lies in an element that
// scrolls by itself, so that one finger, a trackpad and the scroll bars move it as they move any page; what is added here is
// dragging with a mouse and changing the size about the point that is held.
import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** most is how large a map gets. */
const most = 2

/** Mover is the size of a map and what changes it. */
export interface Mover {
  /** the size: 1 is full */
  size: number
  /** the width of the window on the map in CSS pixels; 0 before it is known */
  room: number
  by: (factor: number, at?: { x: number; y: number }) => void
  whole: () => void
  reveal: (spot: Element, middle?: boolean) => void
}

/** useMover listens on the window of a map. w and h are the map's at full size; begin is the size to begin with, given the
 * room there is. */
export function useMover(view: RefObject<HTMLElement | null>, w: number, h: number, begin: (room: number) => number): Mover {
  const [room, setRoom] = useState(0)
  const [chosen, setChosen] = useState(0)
  const size = chosen || (room > 0 ? begin(room) : 1)
  const held = useRef<{ x: number; y: number; u: number; v: number } | null>(null)

  useLayoutEffect(() => {
    const el = view.current!
    setRoom(el.clientWidth)
    const seen = new ResizeObserver(() => setRoom(el.clientWidth))
    seen.observe(el)
    return () => seen.disconnect()
  }, [])

  const least = () => Math.min(1, view.current!.clientWidth / w, view.current!.clientHeight / h)
  const to = (next: number, at?: { x: number; y: number }) => {
    const el = view.current!, box = el.getBoundingClientRect(), map = el.firstElementChild!.getBoundingClientRect()
    const x = at?.x ?? box.left + el.clientWidth / 2, y = at?.y ?? box.top + el.clientHeight / 2
    held.current = { x, y, u: (x - map.left) / map.width, v: (y - map.top) / map.height }
    setChosen(Math.min(most, Math.max(Math.min(least(), 0.5), next)))
  }
  // The point that was held stays under the finger.
  useLayoutEffect(() => {
    const p = held.current
    if (!p) return
    held.current = null
    const map = view.current!.firstElementChild!.getBoundingClientRect()
    view.current!.scrollBy({ left: map.left + p.u * map.width - p.x, top: map.top + p.v * map.height - p.y, behavior: 'instant' })
  }, [size])

  const by = (factor: number, at?: { x: number; y: number }) => to(size * factor, at)
  const now = useRef(by)
  now.current = by
  useEffect(() => listen(view.current!, (factor, at) => now.current(factor, at)), [])

  const reveal = (spot: Element, middle = false) => {
    const el = view.current!, box = el.getBoundingClientRect(), at = spot.getBoundingClientRect()
    const calm = middle || matchMedia('(prefers-reduced-motion: reduce)').matches
    const axis = (low: number, high: number, from: number, until: number) => {
      const edge = Math.min(40, (until - from) / 8)
      if (middle) return (low + high - from - until) / 2
      return low < from + edge ? low - from - edge : high > until - edge ? Math.min(high - until + edge, low - from - edge) : 0
    }
    el.scrollBy({ left: axis(at.left, at.right, box.left, box.left + el.clientWidth), top: axis(at.top, at.bottom, box.top, box.top + el.clientHeight), behavior: calm ? 'instant' : 'smooth' })
  }
  return { size, room, by, whole: () => to(least()), reveal }
}

/** listen adds dragging with a mouse, pinching and the wheel with Ctrl, and returns a function that stops listening. */
function listen(el: HTMLElement, by: (factor: number, at: { x: number; y: number }) => void): () => void {
  let drag: { id: number; x: number; y: number; moved: boolean } | null = null
  let apart = 0
  const stop = new AbortController()
  const on = <K extends keyof HTMLElementEventMap>(name: K, does: (e: HTMLElementEventMap[K]) => void, more = {}) => el.addEventListener(name, does, { signal: stop.signal, ...more })
  on('pointerdown', (e) => { if (e.pointerType === 'mouse' && e.button === 0) drag = { id: e.pointerId, x: e.clientX, y: e.clientY, moved: false } })
  on('pointermove', (e) => {
    if (!drag || e.pointerId !== drag.id) return
    if (!drag.moved && Math.hypot(e.clientX - drag.x, e.clientY - drag.y) < 5) return
    if (!drag.moved) { drag.moved = true; el.setPointerCapture(e.pointerId); el.classList.add('moving') }
    el.scrollBy({ left: drag.x - e.clientX, top: drag.y - e.clientY, behavior: 'instant' })
    drag.x = e.clientX
    drag.y = e.clientY
  })
  const end = () => {
    el.classList.remove('moving')
    // The click that ends a drag chooses nothing; without one there is nothing to keep back.
    if (drag?.moved) setTimeout(() => { drag = null })
    else drag = null
  }
  on('pointerup', end)
  on('pointercancel', end)
  on('click', (e) => { if (drag?.moved) e.stopPropagation() }, { capture: true })
  on('wheel', (e) => {
    if (!e.ctrlKey) return
    e.preventDefault()
    by(Math.exp(-e.deltaY / 200), { x: e.clientX, y: e.clientY })
  }, { passive: false })
  on('touchmove', (e) => {
    const [a, b] = [e.touches[0], e.touches[1]]
    if (!a || !b) { apart = 0; return }
    e.preventDefault()
    const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)
    if (apart > 0) by(now / apart, { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 })
    apart = now
  }, { passive: false })
  on('touchend', () => { apart = 0 })
  return () => stop.abort()
}

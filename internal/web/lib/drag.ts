// drag: moving a thing to a place, by pointer (mouse, touch, pen) or by choosing it and then its place (keyboard, and
// everyone for whom dragging is hard; WCAG 2.5.7).
//
// A thing is an element with data-drag="ID", a place one with data-drop="ID", both inside the root. drag takes pointer
// capture after six pixels, moves a copy of the thing, and calls move with both ids when it is let go over a place.
// A tap or Enter on a thing calls pick instead, and the page then shows "Move … here" buttons.
import { signal } from '@preact/signals'

/** Moving says what drag calls. */
export interface Moving { move: (thing: string, place: string) => void; pick?: (thing: string) => void }

const threshold = 6

/** drag listens inside root and returns a function that stops listening. */
export function drag(root: HTMLElement, on: Moving): () => void {
  let thing: HTMLElement | null = null
  let ghost: HTMLElement | null = null
  let over: Element | null = null
  let from = { x: 0, y: 0, id: 0 }
  let moved = false

  const place = (x: number, y: number) => {
    const found = document.elementFromPoint(x, y)?.closest('[data-drop]') ?? null
    return found && root.contains(found) ? found : null
  }
  const mark = (next: Element | null) => {
    if (next === over) return
    over?.classList.remove('over')
    next?.classList.add('over')
    over = next
  }
  const clear = () => {
    mark(null)
    ghost?.remove()
    thing?.classList.remove('dragging-source')
    ghost = null
    thing = null
  }
  const down = (e: PointerEvent) => {
    if (e.button !== 0 || !e.isPrimary) return
    const found = (e.target as Element).closest<HTMLElement>('[data-drag]')
    if (!found || !root.contains(found)) return
    thing = found
    moved = false
    from = { x: e.clientX, y: e.clientY, id: e.pointerId }
  }
  const move = (e: PointerEvent) => {
    if (!thing || e.pointerId !== from.id) return
    const dx = e.clientX - from.x, dy = e.clientY - from.y
    if (!ghost) {
      if (Math.hypot(dx, dy) < threshold) return
      moved = true
      thing.setPointerCapture(e.pointerId)
      const at = thing.getBoundingClientRect()
      ghost = thing.cloneNode(true) as HTMLElement
      ghost.removeAttribute('data-drag')
      ghost.removeAttribute('id')
      ghost.setAttribute('aria-hidden', 'true')
      ghost.classList.add('ghost')
      // Positions go through the CSSOM, which a content security policy without inline style allows.
      ghost.style.setProperty('inline-size', `${at.width}px`)
      ghost.style.setProperty('inset-block-start', `${at.top}px`)
      ghost.style.setProperty('left', `${at.left}px`)
      document.body.append(ghost)
      thing.classList.add('dragging-source')
    }
    ghost.style.setProperty('transform', `translate(${dx}px, ${dy}px) rotate(1.5deg)`)
    mark(place(e.clientX, e.clientY))
  }
  const up = (e: PointerEvent) => {
    if (!thing || e.pointerId !== from.id) return
    const what = thing.dataset['drag'] ?? ''
    const where = ghost ? (place(e.clientX, e.clientY) as HTMLElement | null)?.dataset['drop'] : undefined
    clear()
    if (moved) setTimeout(() => { moved = false }, 60)
    if (where !== undefined) on.move(what, where)
  }
  // The click that ends a drag is no tap; a finger's drag ends without one, so the mark is taken off by itself.
  const click = (e: MouseEvent) => {
    const found = (e.target as Element).closest<HTMLElement>('[data-drag]')
    if (moved && e.detail > 0) { moved = false; e.preventDefault(); e.stopPropagation(); return }
    if (found && root.contains(found)) on.pick?.(found.dataset['drag'] ?? '')
  }
  const key = (e: KeyboardEvent) => { if (e.key === 'Escape' && thing) clear() }

  root.addEventListener('pointerdown', down)
  root.addEventListener('pointermove', move)
  root.addEventListener('pointerup', up)
  root.addEventListener('pointercancel', clear)
  root.addEventListener('click', click, true)
  document.addEventListener('keydown', key)
  return () => {
    clear()
    root.removeEventListener('pointerdown', down)
    root.removeEventListener('pointermove', move)
    root.removeEventListener('pointerup', up)
    root.removeEventListener('pointercancel', clear)
    root.removeEventListener('click', click, true)
    document.removeEventListener('keydown', key)
  }
}

/** picked is the thing that was chosen to be moved, '' when none; pages show MoveHere in their places while it is set. */
export const picked = signal('')

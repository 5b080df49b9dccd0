import { useEffect, useRef } from 'preact/hooks'
import { drag, picked } from '../lib/drag.ts'
import { t } from '../lib/words.ts'
import { Button } from './Button.tsx'

/** useMove makes the element of the returned ref a ground for moving: things carry data-drag, places data-drop. A tap or
 * Enter on a thing picks it (picked holds its id) and MoveHere then shows in the places. */
export function useMove(move: (thing: string, place: string) => void) {
  const at = useRef<HTMLDivElement>(null)
  const latest = useRef(move)
  latest.current = move
  useEffect(() => {
    if (!at.current) return
    return drag(at.current, {
      move: (thing, place) => { picked.value = ''; latest.current(thing, place); refocus(thing) },
      pick: (thing) => { picked.value = picked.value === thing ? '' : thing },
    })
  }, [])
  return at
}

/** The moved thing is drawn anew in its place; whoever moves by keyboard goes on from there. */
function refocus(thing: string) {
  setTimeout(() => document.querySelector<HTMLElement>(`[data-drag="${CSS.escape(thing)}"]`)?.focus(), 0)
}

/** MoveHere stands in a place while a thing of another place is picked. name is the picked thing's, in words; '' hides it. */
export function MoveHere({ place, name, move }: { place: string; name: string; move: (thing: string, place: string) => void }) {
  if (!picked.value || !name) return null
  const go = () => {
    const thing = picked.value
    picked.value = ''
    move(thing, place)
    refocus(thing)
  }
  return <div><Button small icon="move" onClick={go}>{t('ui.movehere', { name })}</Button></div>
}

/** Moving says, to those who hear the page, that a thing is picked; one for each ground. */
export function Moving({ name }: { name: string }) {
  return <p class="hear" role="status">{picked.value && name ? t('ui.moving', { name }) : ''}</p>
}

import { useEffect, useRef } from 'preact/hooks'
import { drag, picked } from '../lib/drag.ts'
import { t } from '../lib/words.ts'
import { Button } from './Button.tsx'

/** useMove makes the element of the returned ref a ground for moving: things carry data-drag, places data-drop. */
export function useMove(move: (thing: string, place: string) => void) {
  const at = useRef<HTMLDivElement>(null)
  const latest = useRef(move)
  latest.current = move
  useEffect(() => {
    if (!at.current) return
    return drag(at.current, {
      move: (thing, place) => { picked.value = ''; latest.current(thing, place) },
      pick: (thing) => { picked.value = picked.value === thing ? '' : thing },
    })
  }, [])
  return at
}

/** MoveHere stands in a place while a thing is picked, and moves it there. name is the picked thing's, in words. */
export function MoveHere({ place, name, move }: { place: string; name: string; move: (thing: string, place: string) => void }) {
  if (!picked.value || !name) return null
  return <Button small icon="move" onClick={() => { const thing = picked.value; picked.value = ''; move(thing, place) }}>{t('ui.movehere', { name })}</Button>
}

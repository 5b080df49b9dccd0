// room: what the projector shows. Places and first names; its view holds nothing else.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { RoomPage, RoomPlace } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { mount, reload } from '../lib/page.ts'
import { rich, say, t } from '../lib/words.ts'
import { type Em, type Fit, fit, type FitPlace } from './room_fit.ts'

function Room({ view }: { view: RoomPage }) {
  useEffect(() => live((change) => { if (!change || change.kind === 'day') void reload() }), [])
  const running = view.state === 'running'
  return (
    <main class="room">
      <h1><bdi>{view.class.name}</bdi></h1>
      {!running && <p class="wait">{t(view.state === 'over' ? 'room.over' : 'room.before')}</p>}
      {running && view.places.length === 0 && <p class="wait">{rich('room.none', { class: <bdi>{view.class.name}</bdi> })}</p>}
      {running && view.places.length > 0 && <Places places={view.places} />}
    </main>
  )
}

/** Places stand in columns, with letters as large as all of them allow, and again when the window or the font changes. */
function Places({ places }: { places: RoomPlace[] }) {
  const shown: FitPlace[] = places.map((p) => ({ where: say(p.where), names: p.names }))
  const at = useRef<HTMLDivElement>(null)
  const [fitted, set] = useState<Fit>({ columns: [shown.map((_, i) => i)], across: 1, size: 0 })
  useLayoutEffect(() => {
    const draw = () => { if (at.current) set(fit(shown, at.current.clientWidth, at.current.clientHeight, measure(at.current))) }
    draw()
    const seen = new ResizeObserver(draw)
    seen.observe(at.current!)
    void document.fonts.ready.then(draw)
    return () => seen.disconnect()
  }, [JSON.stringify(shown)])
  useLayoutEffect(() => {
    // Through the CSSOM, which a content security policy without inline style allows.
    at.current?.style.setProperty('--size', `${fitted.size}px`)
    at.current?.style.setProperty('--across', String(fitted.across))
  }, [fitted])
  return (
    <div class="places" ref={at}>
      {fitted.columns.map((column) => (
        <div key={column[0]} class="column">
          {column.filter((i) => shown[i]).map((i) => (
            <section key={i} class="place">
              <h2><bdi>{shown[i]!.where}</bdi></h2>
              <ul>{shown[i]!.names.map((n) => <li key={n}><bdi>{n}</bdi></li>)}</ul>
            </section>
          ))}
        </div>
      ))}
    </div>
  )
}

/** measure asks the browser how wide a text is, in the letters of the page. */
function measure(el: HTMLElement): Em {
  const pen = document.createElement('canvas').getContext('2d')
  const family = getComputedStyle(el).fontFamily
  return (text, heading) => {
    if (!pen) return text.length * 0.62
    pen.font = `${heading ? 750 : 600} 100px ${family}`
    return pen.measureText(text).width / 100
  }
}

mount(Room)

// room: what the projector shows. Places and first names; its view holds nothing else.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { RoomPage, RoomPlace } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { mount, reload } from '../lib/page.ts'
import { rich, say, t } from '../lib/words.ts'
import { fit } from './room_fit.ts'

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

/** Places makes the letters as large as the fullest place and the longest name allow. */
function Places({ places }: { places: RoomPlace[] }) {
  const shown = places.map((p) => ({ where: say(p.where), names: p.names }))
  const at = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    // Through the CSSOM, which a content security policy without inline style allows.
    for (const [name, value] of Object.entries(fit(shown))) at.current?.style.setProperty(`--${name}`, String(value))
  })
  return (
    <div class="places" ref={at}>
      {shown.map((p) => (
        <section key={p.where} class="place">
          <h2><bdi>{p.where}</bdi></h2>
          <ul>{p.names.map((n) => <li key={n}><bdi>{n}</bdi></li>)}</ul>
        </section>
      ))}
    </div>
  )
}

mount(Room)

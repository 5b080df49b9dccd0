// placed: number lines and planes in every state. It is served only at /stories/ui/placed.
import { useState } from 'preact/hooks'
import type { AskedAxes } from '../lib/api.gen.ts'
import { mount } from '../lib/page.ts'
import { t } from '../lib/words.ts'
import { Answer, type Response } from './Answer.tsx'
import { Shell } from './Shell.tsx'

interface Picture { name: string; kind: 'numberline' | 'interval' | 'plane'; text: string; axes: AskedAxes; fixed?: boolean }

function Placed({ view }: { view: { pictures: Picture[] } }) {
  return (
    <Shell width="narrow">
      <h1>{t('placed.heading')}</h1>
      {view.pictures.map((p) => <One key={p.name} of={p} />)}
    </Shell>
  )
}

function One({ of: p }: { of: Picture }) {
  const [value, set] = useState<Response>({ chosen: [], boxes: [p.text] })
  return (
    <section class="stack near">
      <p class="eyebrow" id={`q-${p.name}`} data-own>{p.name}</p>
      <Answer kind={p.kind} axes={p.axes} value={value} onInput={set} fixed={p.fixed} by={`q-${p.name}`} subject={{ item: 'i1', version: 1, draw_n: 1 }} />
    </section>
  )
}

mount(Placed)

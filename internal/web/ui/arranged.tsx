// arranged: what is put in order, matched and sorted, in every state. It is served only at /stories/ui/arranged.
import { useState } from 'preact/hooks'
import { mount } from '../lib/page.ts'
import { t } from '../lib/words.ts'
import { Answer, type AnswerProps, type Option, type Response } from './Answer.tsx'
import { Button } from './Button.tsx'
import type { El } from './Drawn.tsx'
import { Shell } from './Shell.tsx'

interface One { name: string; kind: AnswerProps['kind']; options: Option[]; groups?: El[][]; picture?: El[]; many?: boolean; value: Partial<Response>; fixed?: boolean }

function Arranged({ view }: { view: { all: One[] } }) {
  return (
    <Shell width="narrow">
      <h1>{t('arranged.heading')}</h1>
      {view.all.map((one) => <Shown key={one.name} of={one} />)}
      <div class="row"><Button kind="primary">{t('ui.check')}</Button></div>
    </Shell>
  )
}

function Shown({ of: one }: { of: One }) {
  const [value, set] = useState<Response>({ chosen: [], boxes: [], ...one.value })
  return (
    <section class="stack near">
      <p class="eyebrow" id={`q-${one.name}`} data-own>{one.name}</p>
      <Answer kind={one.kind} options={one.options} groups={one.groups} picture={one.picture} many={one.many} value={value} onInput={set} fixed={one.fixed} by={`q-${one.name}`} />
    </section>
  )
}

mount(Arranged)

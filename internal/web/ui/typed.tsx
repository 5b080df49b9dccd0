// typed: mathematics that is typed, in every state, and what is said to it. It is served only at /stories/ui/typed.
import { useState } from 'preact/hooks'
import { mount } from '../lib/page.ts'
import { type Phrase, say, t } from '../lib/words.ts'
import { Answer, type Response } from './Answer.tsx'
import { Appeal } from './Appeal.tsx'
import { Button } from './Button.tsx'
import { NotYet, Verdict } from './Feedback.tsx'
import { Shell } from './Shell.tsx'

interface Box { name: string; kind: 'expression' | 'equation'; text: string; letters?: string[]; unit?: string; fixed?: boolean }

interface TypedView { boxes: Box[]; slips: { code: string; value?: boolean }[] }

function Typed({ view }: { view: TypedView }) {
  return (
    <Shell width="narrow">
      <h1>{t('typed.heading')}</h1>
      {view.boxes.map((b) => <One key={b.name} of={b} />)}
      <div class="row"><Button kind="primary">{t('ui.check')}</Button></div>
      {view.slips.map((s) => (
        <NotYet key={s.code} title={s.value ? t('ui.valueright') : undefined}>
          <p>{say({ code: s.code } as Phrase)}</p>
          <Appeal learner="l1" attempt="f1" />
        </NotYet>
      ))}
      <Verdict is="saved" title={t('ui.unread')}><p>{t('ui.unread.more')}</p></Verdict>
    </Shell>
  )
}

function One({ of: b }: { of: Box }) {
  const [value, set] = useState<Response>({ chosen: [], boxes: [b.text] })
  return (
    <section class="stack near">
      <p class="eyebrow" id={`q-${b.name}`} data-own>{b.name}</p>
      <Answer kind={b.kind} value={value} onInput={set} letters={b.letters} unit={b.unit} fixed={b.fixed} by={`q-${b.name}`} subject={{ item: 'i1', version: 1, draw_n: 1 }} />
    </section>
  )
}

mount(Typed)

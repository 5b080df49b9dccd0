import type { ComponentChild } from 'preact'
import { useEffect } from 'preact/hooks'
import type { WhereNow as Now } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { plain } from '../lib/message.ts'
import { page, reframe } from '../lib/page.ts'
import { tell } from '../lib/presence.ts'
import { rich, say, t } from '../lib/words.ts'
import { LinkButton } from './Button.tsx'
import { Icon } from './Icon.tsx'

/** names words a list of people as the reader's language does: "Ben, Chiara and Wei". */
export function names(list: string[]): ComponentChild[] {
  const { locale } = page.value
  const brackets = locale === 'en-XA' // the pseudo-locale gate looks for words outside of a catalogue
  return new Intl.ListFormat(plain(locale), { type: 'conjunction' }).formatToParts(list)
    .map((part, i) => (part.type === 'element' ? <bdi key={i}>{part.value}</bdi> : brackets ? `⟦${part.value}⟧` : part.value))
}

/** follow keeps the frame of a learner's page current (a lesson that starts, an exit check, a teacher who is coming), and
 * tells where the learner is while a lesson runs. */
export function useFrame(): void {
  const { me, revs, frame } = page.value
  const own = me?.role === 'learner' && `learner:${me.id}` in revs ? `learner:${me.id}` : ''
  useEffect(() => (own ? live((change) => { if (!change || about.has(change.kind)) void reframe() }, [own]) : undefined), [own])
  const day = own && frame.now?.day
  useEffect(() => (day ? tell() : undefined), [day])
}

const about = new Set(['day', 'exit', 'hand', 'meeting'])

/** WhereNow says on every page of a learner, while a lesson runs, where to go and with whom. */
export function WhereNow({ now }: { now: Now | null | undefined }) {
  if (!now) return <div class="wherenow" role="status" hidden />
  const exit = `/exit/${now.pile}`
  return (
    <div class="wherenow" role="status" aria-label={t('ui.now.label')}>
      <Icon name="pin" />
      <div class="what">
        <p class="eyebrow">{rich('ui.now.class', { class: <bdi>{now.class}</bdi> })}</p>
        <p class="go">
          <b>{rich('ui.now.go', { place: <bdi>{say(now.place)}</bdi> })}</b>
          {now.with.length > 0 && <span> {rich('ui.now.with', { names: <span>{names(now.with.map((w) => w.name))}</span> })}</span>}
        </p>
        {now.sat && <p class="sat"><Icon name="check" />{rich('ui.now.sat', { teacher: <bdi>{now.teacher}</bdi> })}</p>}
      </div>
      {now.exit && !page.value.self.endsWith(exit) && (
        <div class="exit">
          <LinkButton href={exit} after="next">{t('ui.now.exit')}</LinkButton>
          <p class="small quiet">{rich('ui.now.exit.why', { teacher: <bdi>{now.teacher}</bdi> })}</p>
        </div>
      )}
    </div>
  )
}

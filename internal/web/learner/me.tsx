// me: how pages look to this learner, what others can see of them, and who looked.
import { useState } from 'preact/hooks'
import { useActing } from '../lib/acting.ts'
import { type MePage, type Seen, paths } from '../lib/api.gen.ts'
import { mount } from '../lib/page.ts'
import { clock, dayOf, when } from '../lib/time.ts'
import { rich, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ErrorBox } from '../ui/Says.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Shell } from '../ui/Shell.tsx'

type Theme = '' | 'light' | 'dark'
type Size = '' | 'young'

function Looks({ view }: { view: MePage }) {
  const acting = useActing()
  const theme = (view.settings.theme ?? '') as Theme
  const text = (view.settings.text ?? '') as Size
  const set = async (next: { theme?: Theme; text?: Size; locale?: string }) => {
    const now = { theme, text, locale: view.locale, ...next }
    const done = await acting.run(paths.set_settings, now)
    if (!done) return
    if (next.locale !== undefined) { location.reload(); return }
    const root = document.documentElement
    if (now.theme) root.dataset['theme'] = now.theme
    else delete root.dataset['theme']
    if (now.text) root.dataset['age'] = now.text
    else delete root.dataset['age']
  }
  return (
    <Card title={t('me.looks')}>
      <Segmented label={t('me.theme')} showLabel stretch value={theme} onChange={(v) => void set({ theme: v })} options={[{ value: '', words: t('me.theme.device') }, { value: 'light', words: t('me.theme.light') }, { value: 'dark', words: t('me.theme.dark') }]} />
      <Segmented label={t('me.text')} showLabel stretch value={text} onChange={(v) => void set({ text: v })} options={[{ value: '', words: t('me.text.usual') }, { value: 'young', words: t('me.text.large') }]} />
      <label class="field"><span class="label">{t('me.language')}</span>
        <select class="input" value={view.locale} onChange={(e) => void set({ locale: e.currentTarget.value })}>
          <option value="">{t('me.language.school')}</option><option value="en" lang="en">{t('me.language.en')}</option><option value="es" lang="es">{t('me.language.es')}</option>
        </select>
      </label>
      {acting.problem && <ErrorBox problem={acting.problem} />}
    </Card>
  )
}

/** facts are what a teacher can see and cannot, as catalogue keys in order. */
const seen = ['answers', 'watched', 'plan', 'words', 'hand', 'where'] as const
const unseen = ['rank', 'others', 'pictures'] as const

function Visible({ view }: { view: MePage }) {
  return (
    <Card title={t('me.visible')} id="visible">
      {view.classes.map((c) => <p key={c.name}>{rich('me.teachers', { class: <bdi>{c.name}</bdi>, names: <bdi>{c.teachers.join(', ')}</bdi> })}</p>)}
      <ul class="ticks">{seen.map((k) => <li key={k}><Icon name="look" /><span>{t(`me.visible.${k}`)}</span></li>)}</ul>
      <h3>{t('me.hidden')}</h3>
      <ul class="ticks">{unseen.map((k) => <li key={k}><Icon name="notyet" /><span>{t(`me.hidden.${k}`)}</span></li>)}</ul>
      <p class="small quiet">{view.guards.length > 0 ? rich('me.guardians', { names: <bdi>{view.guards.map((g) => g.name).join(', ')}</bdi> }) : t('me.guardians.none')}</p>
    </Card>
  )
}

const did = (s: Seen) => (s.did ? t('record.did', { what: s.what }) : t('record.looked', { what: s.what }))

function Record({ view }: { view: MePage }) {
  return (
    <Card title={t('me.record')}>
      {view.seen.length === 0
        ? <p class="quiet">{t('me.record.none')}</p>
        : (
          <ul class="seenlist">{view.seen.slice(0, 6).map((s, i) => (
            <li key={i}><span><b>{s.name ? <bdi>{s.name}</bdi> : t('record.gone')}</b> {did(s)}</span><span class="small quiet">{when(dayOf(s.at_ms))}, {clock(s.at_ms)}</span></li>
          ))}</ul>
        )}
      <div class="row"><LinkButton kind="plain" href={`/record/${view.person.id}`}>{t('me.record.all')}</LinkButton></div>
    </Card>
  )
}

function SignIn({ view }: { view: MePage }) {
  const [asked, setAsked] = useState(false)
  return (
    <Card title={t('me.signin')}>
      <ul class="ticks">
        <li><Icon name={view.pin_ms ? 'check' : 'notyet'} /><span>{view.pin_ms ? t('me.pictures', { day: when(dayOf(view.pin_ms)) }) : t('me.pictures.none')}</span></li>
        <li><Icon name={view.card_ms ? 'check' : 'notyet'} /><span>{view.card_ms ? t('me.card', { day: when(dayOf(view.card_ms)) }) : t('me.card.none')}</span></li>
      </ul>
      {view.pin_ms > 0 && (asked ? <p>{t('me.pictures.help')}</p> : <div class="row"><Button kind="plain" onClick={() => setAsked(true)}>{t('me.pictures.new')}</Button></div>)}
    </Card>
  )
}

function Me({ view }: { view: MePage }) {
  return (
    <Shell>
      <div><h1><bdi>{view.person.given} {view.person.family}</bdi></h1>{view.classes.length > 0 && <p class="quiet"><bdi>{view.classes.map((c) => c.name).join(', ')}</bdi></p>}</div>
      <div class="mecolumns">
        <div class="stack"><Visible view={view} /><Record view={view} /></div>
        <div class="stack"><Looks view={view} /><SignIn view={view} /></div>
      </div>
    </Shell>
  )
}

mount(Me)

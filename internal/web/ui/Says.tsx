import type { ComponentChildren } from 'preact'
import { signal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { page } from '../lib/page.ts'
import type { Problem } from '../lib/problem.ts'
import { busy, lasting, offline, putAway, refused, saved, signedOut, waiting } from '../lib/send.ts'
import { say, t } from '../lib/words.ts'
import { Button, LinkButton } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'

/** SaveState says under the work whether all of it is saved. */
export function SaveState() {
  const state = saved.value
  const [icon, words]: [IconName, string] = state === 'saved' ? ['saved', t('ui.saved')] : state === 'sending' ? ['sending', t('ui.sending')] : ['offline', t(lasting.value ? 'ui.waiting' : 'ui.waiting.open', { n: waiting.value })]
  return <p class={state === 'saved' ? 'savestate' : 'savestate waiting'} role="status"><Icon name={icon} />{words}</p>
}

const staff = () => page.value.me !== null && page.value.me.role !== 'learner'

/** slow and slower are when a person is told that something still goes on, in ms: most acts are over before. */
const slow = 600
const slower = 6000

/** Working says that an act is on its way once that takes longer than a moment, whatever was pressed; Toasts and Dialog have
 * it. Learners read it from SaveState, beside their work. */
export function Working() {
  const on = busy.value > 0 && staff()
  const [since, set] = useState<'' | 'slow' | 'slower'>('')
  useEffect(() => {
    if (!on) { set(''); return }
    const timers = [setTimeout(() => set('slow'), slow), setTimeout(() => set('slower'), slower)]
    return () => timers.forEach(clearTimeout)
  }, [on])
  return on && since ? <p class="working"><Icon name="sending" /><span>{t(since === 'slow' ? 'ui.working' : 'ui.working.slow')}</span></p> : null
}

/** OfflinePill is there while the school cannot be reached. */
export function OfflinePill() {
  if (!offline.value) return <div role="status" hidden />
  // Only what learners do is kept on the device; nobody else is to go on as if it were.
  return <p class="pill offline" role="status"><Icon name="offline" />{staff() ? t('ui.offline.staff') : t('ui.offline', { n: waiting.value })}</p>
}

/** Refusals shows what the school would not take, kept until the person puts it away; and that a new sign-in is needed. */
export function Refusals() {
  return (
    <>
      {signedOut.value && <SignedOut />}
      {refused.value.length > 0 && (
        <ErrorBox title={t('ui.refused', { n: refused.value.length })} now={t('ui.refused.kept')}>
          <ul class="stack near">
            {refused.value.map((e) => (
              <li key={e.op} class="row apart"><span>{say(e.refused?.say)}</span><Button small onClick={() => void putAway(e.op)}>{t('ui.refused.drop')}</Button></li>
            ))}
          </ul>
        </ErrorBox>
      )}
    </>
  )
}

/** SignedOut asks for a new sign-in: here where the work is kept on the device, and otherwise in a window of its own, so that
 * what stands half written on this page is still there afterwards. */
function SignedOut() {
  const kept = waiting.value > 0
  return (
    <ErrorBox title={t(kept ? 'ui.session' : 'ui.session.here')}>
      <LinkButton kind="primary" href={`/signin?next=${encodeURIComponent(location.pathname + location.search)}`} target={kept ? undefined : '_blank'}>{t('ui.signin')}</LinkButton>
    </ErrorBox>
  )
}

/** ErrorBox says what happened, whether the work is safe, what to do now and who can fix it (now says both), codes last. */
export function ErrorBox(p: { title?: ComponentChildren; problem?: Problem; safe?: boolean; now?: ComponentChildren; children?: ComponentChildren }) {
  const at = useRef<HTMLDivElement>(null)
  // What was pressed may stand far below the place where its page says that it did not work. Before anything was pressed
  // nothing moves.
  useEffect(() => {
    const box = at.current?.getBoundingClientRect()
    if (p.problem && box && navigator.userActivation?.hasBeenActive && (box.bottom < 0 || box.top > innerHeight)) at.current?.scrollIntoView({ block: 'center' })
  }, [p.problem?.say.code, p.problem?.ref])
  return (
    <div ref={at} class="errorbox" role="alert">
      <Icon name="error" />
      <div class="body">
        <p><b>{p.title ?? t('ui.error.title')}</b></p>
        {p.problem && <p>{say(p.problem.say)}</p>}
        {p.safe && <p class="safe"><Icon name="check" />{t('ui.error.safe')}</p>}
        {p.now && <p>{p.now}</p>}
        {p.children && <div>{p.children}</div>}
        {p.problem?.ref && <details><summary>{t('ui.error.details')}</summary><span data-own>{p.problem.status} {p.problem.kind} {p.problem.ref}</span></details>}
      </div>
    </div>
  )
}

/** EmptyState is a place with nothing in it yet, and the first real act. */
export function EmptyState(p: { icon?: IconName; title: ComponentChildren; children?: ComponentChildren }) {
  return <div class="empty">{p.icon && <Icon name={p.icon} />}<h2>{p.title}</h2>{p.children}</div>
}

interface Toasted { id: number; words: string; act?: { words: string; run: () => void } }
const toasts = signal<Toasted[]>([])
let lastId = 0

/** toast says a short thing that needs no answer, for eight seconds; act is an undo. */
export function toast(words: string, act?: Toasted['act']): void {
  const id = ++lastId
  toasts.value = [...toasts.value, { id, words, act }]
  setTimeout(() => { toasts.value = toasts.value.filter((x) => x.id !== id) }, 8000)
}

/** Toasts is where toasts appear; Shell has it. */
export function Toasts() {
  return (
    <div class="toasts" role="status">
      <Working />
      {toasts.value.map(({ id, words, act }) => (
        <div key={id} class="toast">
          <span>{words}</span>
          {act && <Button kind="plain" onClick={() => { toasts.value = toasts.value.filter((x) => x.id !== id); act.run() }}>{act.words}</Button>}
        </div>
      ))}
    </div>
  )
}

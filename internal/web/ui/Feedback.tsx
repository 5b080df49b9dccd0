import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../lib/words.ts'
import { Button } from './Button.tsx'
import { Drawn, type El } from './Drawn.tsx'
import { Icon, type IconName } from './Icon.tsx'

/** Verdict says what became of an answer: right, not yet (yellow, never red), or saved for when the school is there again.
 * It is announced, and the words inside describe what was done and ask a question. */
export function Verdict({ is, title, children }: { is: 'right' | 'not_yet' | 'saved'; title?: string; children?: ComponentChildren }) {
  const [icon, words]: [IconName, string] = is === 'right' ? ['right', t('ui.right')] : is === 'not_yet' ? ['notyet', t('ui.notyet')] : ['saved', t('ui.kept')]
  return (
    <div class={`verdict ${is}`} role="status" tabindex={-1}>
      <p class="head"><Icon name={icon} />{title ?? words}</p>
      {children}
    </div>
  )
}

/** NotYet is the verdict for an answer that is not there yet, with its nudge. */
export function NotYet({ nudge, title, children }: { nudge?: El[]; title?: string; children?: ComponentChildren }) {
  return <Verdict is="not_yet" title={title}><Drawn of={nudge} />{children}</Verdict>
}

/** NowSecure says, once, that a skill has become Secure, with the evidence in a sentence: no points, no cheering. */
export function NowSecure({ title, children }: { title: ComponentChildren; children?: ComponentChildren }) {
  return (
    <section class="nowsecure" role="status">
      <svg viewBox="0 0 40 40" aria-hidden="true" focusable="false">
        <circle class="ring" cx="20" cy="20" r="17" />
        <circle class="fill" cx="20" cy="20" r="17" />
        <path class="done" d="M13 20.5l5 5 9.5-10.5" />
      </svg>
      <div><h2>{title}</h2>{children}</div>
    </section>
  )
}

const rungs: IconName[] = ['look', 'think', 'step']

/** HintLadder shows the hints taken so far and offers the next. onMore asks the school for it; total is how many there are; label
 * tells several on one page apart; under is what stands beneath a rung, counted from 1. */
export function HintLadder({ hints, total, onMore, busy, label, under }: { hints: El[][]; total: number; onMore?: () => void; busy?: boolean; label?: string; under?: (rung: number) => ComponentChildren }) {
  const last = useRef<HTMLLIElement>(null)
  const seen = useRef(hints.length)
  useEffect(() => {
    if (hints.length > seen.current) last.current?.focus()
    seen.current = hints.length
  }, [hints.length])
  return (
    <section class="ladder" aria-label={label ?? t('ui.hints')}>
      {hints.length > 0 && (
        <ol>
          {hints.map((hint, i) => (
            <li key={i} class="hint" tabindex={-1} ref={i === hints.length - 1 ? last : undefined}>
              <Icon name={rungs[i] ?? 'hint'} />
              <p class="eyebrow">{i < 3 && total <= 3 ? t(`ui.hint.${i + 1}`) : t('ui.hint.n', { n: i + 1 })}</p>
              <Drawn of={hint} />
              {under?.(i + 1)}
            </li>
          ))}
        </ol>
      )}
      {onMore && hints.length < total && <div><Button icon="hint" onClick={onMore} busy={busy}>{t(hints.length === 0 ? 'ui.hint' : 'ui.hint.next')}</Button></div>}
    </section>
  )
}

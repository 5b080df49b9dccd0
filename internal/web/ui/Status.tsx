import type { ComponentChildren } from 'preact'
import { t } from '../lib/words.ts'

/** StatusName is one of the four words that a learner or guardian reads. */
export type StatusName = 'not_started' | 'growing' | 'secure' | 'another_look'

/** Glyph is a status as a shape: empty ring, half, full, full with a return arrow. Its colour says nothing. size is for one that
 * stands in a drawing; elsewhere styles say how large it is. */
export function Glyph({ status, size }: { status: StatusName; size?: number }) {
  return (
    <svg viewBox="0 0 20 20" width={size} height={size} aria-hidden="true" focusable="false">
      {status === 'another_look' ? (
        <g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
          <circle cx="10" cy="10" r="4.4" fill="currentColor" stroke="none" />
          <path d="M2.9 7.4A7.6 7.6 0 1 1 2.7 12.2" />
          <path d="M2.3 3.2v4.4h4.4" />
        </g>
      ) : (
        <>
          <circle cx="10" cy="10" r="8" fill={status === 'secure' ? 'currentColor' : 'none'} stroke="currentColor" stroke-width="2" />
          {status === 'growing' && <path d="M10 2a8 8 0 0 1 0 16z" fill="currentColor" />}
        </>
      )}
    </svg>
  )
}

/** StatusMark is the glyph and its word. */
export function StatusMark({ status }: { status: StatusName }) {
  return <span class="status"><Glyph status={status} /><span class="word">{t(`ui.status.${status}`)}</span></span>
}

/** StatusChip is a skill's name with its status; a link when href is given. The word is there for everyone who asks. */
export function StatusChip({ status, href, children }: { status: StatusName; href?: string; children: ComponentChildren }) {
  const inside = <><span class="status"><Glyph status={status} /></span><span>{children}<span class="hear"> {t(`ui.status.${status}`)}</span></span></>
  return href ? <a class="chip" href={href} title={t(`ui.status.${status}`)}>{inside}</a> : <span class="chip" title={t(`ui.status.${status}`)}>{inside}</span>
}

/** Try is what one response was worth; helped is right with a hint. */
export type Try = 'right' | 'helped' | 'not_yet' | 'unread'

/** Dots shows the last tries, oldest first, and reads them out as words. */
export function Dots({ tries }: { tries: Try[] }) {
  const list = tries.map((w) => t(`ui.dot.${w}`)).join(', ')
  return <span class="dots" role="img" aria-label={t('ui.dots', { list })}>{tries.map((w, i) => <span key={i} class={`dot ${w}`} />)}</span>
}

// time: instants and days in words. Instants are ms UTC and are always shown in the school's zone; days are YYYY-MM-DD and
// have no zone. Nothing here says "late".
import { plain } from './message.ts'
import { now, page } from './page.ts'
import { t } from './words.ts'

/** marked puts what the browser words into the brackets that the pseudo-locale gate looks for. */
function marked(said: string): string {
  return page.value.locale === 'en-XA' ? `⟦${said}⟧` : said
}

const kept = new Map<string, Intl.DateTimeFormat>()

function formatter(name: string, options: Intl.DateTimeFormatOptions, zone: string): Intl.DateTimeFormat {
  const locale = plain(page.value.locale)
  const key = `${locale} ${zone} ${name}`
  let made = kept.get(key)
  if (!made) kept.set(key, (made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone })))
  return made
}

/** clock is the time of day at the school: "10:10". */
export function clock(ms: number): string {
  return marked(formatter('clock', { hour: 'numeric', minute: '2-digit' }, page.value.zone).format(ms))
}

/** wallClock words a wall time that has no day ("09:00") as the reader's clock has it. */
export function wallClock(at: string): string {
  return marked(formatter('wall', { hour: 'numeric', minute: '2-digit' }, 'UTC').format(Date.parse(`1970-01-01T${at}:00Z`)))
}

/** dayOf is the school's calendar day of an instant, YYYY-MM-DD. */
export function dayOf(ms: number): string {
  const parts = Object.fromEntries(formatterEn(page.value.zone).formatToParts(ms).map((p) => [p.type, p.value]))
  return `${parts['year']}-${parts['month']}-${parts['day']}`
}

function formatterEn(zone: string): Intl.DateTimeFormat {
  const key = `iso ${zone}`
  let made = kept.get(key)
  if (!made) kept.set(key, (made = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone })))
  return made
}

/** longDay words a day with its weekday: "Tuesday 3 March" in the reader's order. */
export function longDay(day: string): string {
  return marked(formatter('long', { weekday: 'long', day: 'numeric', month: 'long' }, 'UTC').format(Date.parse(`${day}T00:00:00Z`)))
}

/** shortDay words a day without its year: "3 Mar". */
export function shortDay(day: string): string {
  return marked(formatter('short', { day: 'numeric', month: 'short' }, 'UTC').format(Date.parse(`${day}T00:00:00Z`)))
}

/** daysBetween counts calendar days from one day to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** when words a day as people say it: today, yesterday, tomorrow, the weekday within six days, else the date. */
export function when(day: string): string {
  const n = daysBetween(dayOf(now()), day)
  if (n === 0) return t('ui.today')
  if (n === -1) return t('ui.yesterday')
  if (n === 1) return t('ui.tomorrow')
  if (Math.abs(n) < 7) return marked(formatter('weekday', { weekday: 'long' }, 'UTC').format(Date.parse(`${day}T00:00:00Z`)))
  return shortDay(day)
}

/** minutes words a length: "About 12 minutes"; whole minutes, at least one. */
export function minutes(n: number): string {
  return t('ui.minutes', { n: Math.max(1, Math.round(n)) })
}

/** span words a longer length: "about 45 minutes", and from an hour and a half on "about 3 hours". */
export function span(n: number): string {
  return t('ui.span', { n: Math.max(1, Math.round(n)), hours: n < 90 ? 0 : Math.round(n / 60) })
}

/** ago words how long something has lasted, for queues: "just now", "6 min". */
export function ago(ms: number, at = now()): string {
  return t('ui.ago', { n: Math.max(0, Math.floor((at - ms) / 60_000)) })
}

/** clockOf is an instant of a film: 2:05. */
export function clockOf(ms: number): string {
  const s = Math.floor(ms / 1000)
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`
}

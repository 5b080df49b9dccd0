import { has, t } from '../lib/words.ts'

/** Naming words a learner's name, or a number while names are hidden from the room. */
export type Naming = (id: string, name: string) => string

/** doing words what a learner is at. */
export function doing(page: string, title: string | undefined): string {
  if (!page) return ''
  const key = `now.at.${page}`
  if (!has(key)) return t('now.at.other')
  return t(key, { skill: title ?? '', has: title ? 'yes' : 'no' })
}

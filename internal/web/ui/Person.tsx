interface PersonProps {
  name: string
  href?: string
  onClick?: () => void
  pressed?: boolean
  /** asks: this person has a hand up. */
  asks?: boolean
  /** drag is the id that lib/drag moves. */
  drag?: string
  face?: boolean
}

/** initials are at most two letters of a name, for the small disc. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter((w) => /\p{L}/u.test(w))
  const first = [...(words[0] ?? '')][0] ?? ''
  const last = words.length > 1 ? ([...words.at(-1)!].find((c) => /\p{L}/u.test(c)) ?? '') : ''
  return (first + last).toLocaleUpperCase()
}

/** PersonChip is a person: the name stands isolated, so that any script stays whole in any other. */
export function PersonChip(p: PersonProps) {
  const name = p.asks ? 'person asks' : 'person'
  const inside = <>{p.face && <span class="face" aria-hidden="true"><bdi>{initials(p.name)}</bdi></span>}<bdi>{p.name}</bdi></>
  if (p.href) return <a class={name} href={p.href} data-drag={p.drag}>{inside}</a>
  if (p.onClick || p.drag) return <button type="button" class={name} aria-pressed={p.pressed} data-drag={p.drag} onClick={p.onClick}>{inside}</button>
  return <span class={name}>{inside}</span>
}

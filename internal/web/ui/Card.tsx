import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

interface CardProps {
  title?: ComponentChildren
  /** beside the title, at its end */
  aside?: ComponentChildren
  /** sunk: secondary. note: the learner's own voice. good: something has become Secure. help: somebody asks for help. */
  tone?: 'sunk' | 'note' | 'good' | 'help'
  id?: string
  class?: string
  children?: ComponentChildren
  [data: `data-${string}`]: string | undefined
}

/** Card is a block with a title (an h2). */
export function Card({ title, aside, tone, class: more, children, ...rest }: CardProps) {
  return (
    <section class={['card', tone, more].filter(Boolean).join(' ')} {...rest}>
      {(title || aside) && <header>{title && <h2>{title}</h2>}{aside}</header>}
      {children}
    </section>
  )
}

/** ChoiceCard is one card of a board: a kind (Watch, Try, Make, Talk), a name, a line beneath. The whole card is the link. */
export function ChoiceCard(p: { href: string; icon: IconName; kind: string; name: ComponentChildren; foot?: ComponentChildren }) {
  return (
    <a class="card" href={p.href}>
      <span class="kind"><Icon name={p.icon} />{p.kind}</span>
      <span class="name">{p.name}</span>
      {p.foot && <span class="foot">{p.foot}</span>}
    </a>
  )
}

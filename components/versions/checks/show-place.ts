import type { CheckPlace } from '@/lib/versions/checks/schema'

/** Leads to where something can be mended: scrolls there and puts the focus in. False: it is not on the page. */
export function showPlace(
  place: CheckPlace,
  names: { category: (categoryId: string) => string | undefined },
): boolean {
  const found = findPlace(place, names)
  if (!found) return false
  const motion = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'
  found.scrollIntoView({ block: 'center', behavior: motion })
  found.focus({ preventScroll: true })
  return true
}

function findPlace(
  place: CheckPlace,
  names: { category: (categoryId: string) => string | undefined },
): HTMLElement | null {
  switch (place.part) {
    case 'persona':
      return findField('the persona')
    case 'rules':
      return findField('the rules')
    case 'settings':
      return findField('the model settings')
    case 'category':
      return findField(`the category ${names.category(place.categoryId)}`)
    case 'categories':
      return findInCard('Categories')
    case 'examples':
      return findInCard('Examples')
    case 'example':
      return (
        document
          .querySelector(`[data-example="${CSS.escape(place.exampleId)}"]`)
          ?.closest('li')
          ?.querySelector<HTMLElement>('button[aria-label^="Edit "]') ?? null
      )
  }
}

/** The parts of the editor are named for what is said of them to others. */
function findField(part: string): HTMLElement | null {
  return document.querySelector(
    `[data-part="${CSS.escape(part)}"] :is(textarea, input, select, button)`,
  )
}

function findInCard(title: string): HTMLElement | null {
  const heading = [...document.querySelectorAll('section[aria-labelledby] > header h2')].find(
    ({ textContent }) => textContent === title,
  )
  return heading?.closest('section')?.querySelector<HTMLElement>('button, input, textarea') ?? null
}

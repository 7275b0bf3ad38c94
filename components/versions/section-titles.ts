import type { SectionDifference } from '@/lib/versions/difference/rules'

/** What people call the parts of a prompt. */
export const SECTION_TITLES: Record<SectionDifference['name'], string> = {
  persona: 'Persona',
  rules: 'Rules',
  categories: 'Categories',
  good_examples: 'Good examples',
  bad_examples: 'Bad examples',
  answer_format: 'Answer format',
  model: 'Model',
}

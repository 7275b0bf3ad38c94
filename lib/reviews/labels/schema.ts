import { z } from 'zod'

const labelSource = z.enum(['imported', 'review', 'agreement', 'settled'])
export type LabelSource = z.infer<typeof labelSource>
export type Selection = 'random' | 'targeted' | 'quota'
export type Mode = 'shown' | 'blind'

import { describe, expect, it } from 'vitest'
import { medianOf } from './pace'

describe('medianOf', () => {
  it('says nothing of one case or two', () => {
    expect(medianOf([4, 5])).toBeNull()
  })
  it('is the middle one, or between the two in the middle', () => {
    expect(medianOf([9, 1, 4])).toBe(4)
    expect(medianOf([9, 1, 4, 6])).toBe(5)
  })
})

'use client'
// Stands here too, so that the way to everything else in the project stays in view.
export { default } from '@/app/error'

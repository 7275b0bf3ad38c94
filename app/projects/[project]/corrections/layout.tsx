// Keeps the filters and the chosen pair in the address.
export { UrlState as default } from '@/components/layout/url-state'

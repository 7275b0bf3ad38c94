// Keeps filters in the address.
export { UrlState as default } from '@/components/layout/url-state'

// Keeps the tab and the case in the address.
export { UrlState as default } from '@/components/layout/url-state'

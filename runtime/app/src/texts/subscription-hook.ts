import {createTextHook} from '@banli/ui';
import type {SubscriptionKey} from './subscription-zh-cn.js';

/** Texts of subscriptions of catalogs. */
export const useSubscriptionText = createTextHook<SubscriptionKey>('subscription');

import { describeTraffic } from './support/gate';
import { carriesTraffic } from './traffic';

describeTraffic('real traffic through HAProxy', () => carriesTraffic('haproxy'));

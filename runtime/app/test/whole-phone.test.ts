import test from 'ava';
import {isWholePhone} from '../src/registration/whole-phone.js';

test('a number is looked up once it is whole, and never while it is typed', t => {
  for (const whole of ['13800001234', '138 0000 1234', '１３８００００１２３４', '09914567890', '0991-4567890', '4567890', '45678901', '+77012345678']) t.true(isWholePhone(whole), whole);
  for (let length = 0; length < 11; length += 1) t.false(isWholePhone('13800001234'.slice(0, length)));
  for (const nothing of ['', '138000012345', '1234567', '0991-456', '+7701', '不详', '13800001234x']) t.false(isWholePhone(nothing), nothing);
});

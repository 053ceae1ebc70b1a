import {MissingWidget} from '../plugins/widget-host.js';
import {control} from './control.js';
import {FieldFrame} from './field-frame.js';
import {CatalogSelectEdit, CatalogSelectRead} from './fields/catalog-select.js';
import {CheckboxEdit, CheckboxRead, ChoiceRead, RadioEdit, RatingEdit, RatingRead, SelectEdit} from './fields/choice-fields.js';
import {DateEdit, DateRead} from './fields/date-fields.js';
import {FileUploadEdit, FileUploadRead} from './fields/file-upload.js';
import {LinkRead} from './fields/link-field.js';
import {NumberEdit, NumberRead, TextAreaEdit, TextEdit, TextRead} from './fields/text-fields.js';
import {AreaSelectEdit, AreaSelectRead, UnitSelectEdit, UnitSelectRead} from './fields/unit-select.js';
import {Grid, Section} from './layout.js';

const text = control(TextEdit, TextRead);
const radio = control(RadioEdit, ChoiceRead);
const checkbox = control(CheckboxEdit, CheckboxRead);

/** The components that every form may name, by `x-component`. */
export const builtInFields = {
  Input: text,
  'Input.TextArea': control(TextAreaEdit, TextRead),
  TextArea: control(TextAreaEdit, TextRead),
  Select: control(SelectEdit, ChoiceRead),
  'Radio.Group': radio,
  Radio: radio,
  Checkbox: checkbox,
  'Checkbox.Group': checkbox,
  Switch: checkbox,
  NumberPicker: control(NumberEdit, NumberRead),
  DatePicker: control(DateEdit, DateRead),
  ClockText: control(DateRead, DateRead),
  CatalogSelect: control(CatalogSelectEdit, CatalogSelectRead),
  UnitSelect: control(UnitSelectEdit, UnitSelectRead),
  AreaSelect: control(AreaSelectEdit, AreaSelectRead),
  FileUpload: control(FileUploadEdit, FileUploadRead),
  Rating: control(RatingEdit, RatingRead),
  Link: control(LinkRead, LinkRead),
} as const;

/** Layout, decorator and the stand-in for what is missing. */
export const frameParts = {FieldFrame, Section, Grid, MissingWidget} as const;

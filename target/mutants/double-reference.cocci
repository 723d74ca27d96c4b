// SPDX-License-Identifier: MIT
// About: a reference is taken or given back twice
@@
expression E;
@@
(
 get_page(E);
+get_page(E);
|
 put_page(E);
+put_page(E);
)

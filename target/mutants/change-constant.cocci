// SPDX-License-Identifier: MIT
// About: 0 is 1, 1 is 0, true is false, where a value is set, passed or returned
@@
expression A;
@@
(
 A =
-0
+1
 ;
|
 A =
-1
+0
 ;
|
 A =
-true
+false
 ;
|
 return
-true
+false
 ;
|
 return
-false
+true
 ;
|
 return
-0
+1
 ;
|
 return
-1
+0
 ;
)

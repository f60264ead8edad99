"""Old articles in our own words, as old portals printed them."""

OLD = """Sở Thông tin Bình Sơn mở lớp tập huấn cho cán bộ xã

(binhson.vn) -\u00a0

Bí thư Đoàn xã trao giấy chứng nhận cho học viênSáng ngày 3/12, Sở Thông tin Bình Sơn khai giảng lớp tập huấn cho sáu mươi cán bộ xã.


Bí thư Đoàn xã trao giấy chứng nhận cho học viênSáng ngày 3/12, Sở Thông tin Bình Sơn khai giảng lớp tập huấn cho sáu mươi cán bộ xã.

Lớp học kéo dài ba ngày, mỗi xã cử hai người, học trên máy của Trung tâm với 32máy nối mạng, phấn đấu trở thành nơi lµnh m¹nh.

Nội dung và cách học

Học viên làm bài trên máy, thíc đo kết quả là bài làm cuối khóa chứ không phải số giờ ngồi lớp; Ðài xã đưa tin hằng ngày.
[img]
Học viên làm bài cuối khóa. Ảnh: LÊ AN

Hà Thu

ĐÁNH GIÁ BÀI VIẾT( 12)
"""

HTML = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Cổng</title><style>p{color:red}</style></head><body>
<h1>Hội nghị bàn về bưu điện văn hóa xã</h1>
<p>6/12/2009 8:30:21 PM</p>
<p>Ngày 11/6, huyện H&ograve;a An họp bàn về <a href="http://example.com/x">bưu điện văn hóa xã</a> của mười hai xã.</p>
<h2>Kết quả bước đầu</h2>
<p>Mười hai điểm đã mở cửa cả tuần, người dân tới đọc báo &amp; gửi thư.</p>
<blockquote>Xã nào cũng cần một nơi như thế.</blockquote>
<figure><img src="http://example.com/a.jpg" alt="Bưu điện xã"><figcaption>Điểm bưu điện xã Tân Lập</figcaption></figure>
<table><tr><th>Xã</th><th>Điểm</th></tr><tr><td>Tân Lập</td><td>2</td></tr></table>
<p>Theo Minh Anh</p>
</body></html>"""

"""Every reason for which a file is refused: its id and the Vietnamese sentence that people read.

A sentence says what was found and how to mend it. Each situation has its own.
"""

ACCEPTED = "Tệp phải là PDF, DOCX, XLSX, JPG hoặc PNG."
SHEETS_ALONE = "Bảng số liệu phải là XLSX hoặc CSV."
"""Said in its place where only sheets are taken."""

SIZES = {
    "empty": "Tệp không có nội dung. Mở lại tệp gốc, lưu rồi tải lên.",
    "too_big": "Tệp {size} lớn hơn mức {limit}. Chia nhỏ hoặc gửi qua USB có ghi nhận.",
    "upload_longer": "Tệp dài hơn {size} đã báo lúc bắt đầu gửi. Chọn lại tệp rồi gửi từ đầu.",
    "text_too_big": "Tệp chữ {size} lớn hơn mức {limit}. Chuyển thành PDF hoặc chia nhỏ rồi tải lên.",
}

NAMES = {
    "name_missing": "Tệp chưa có tên. Đặt tên, ví dụ bao-cao.pdf, rồi tải lên.",
    "name_parent": "Tên tệp chứa “..” trỏ ra thư mục khác. Bỏ phần đường dẫn, chỉ giữ tên tệp.",
    "name_absolute": "Tên tệp là một đường dẫn đầy đủ. Chỉ giữ phần tên ở cuối, ví dụ bao-cao.pdf.",
    "name_path": "Tên tệp có dấu gạch chéo. Thay bằng dấu gạch ngang rồi tải lên.",
    "name_nul": "Tên tệp có ký tự rỗng ẩn bên trong. Gõ lại tên tệp rồi tải lên.",
    "name_newline": "Tên tệp có dấu xuống dòng. Đổi tên thành một dòng rồi tải lên.",
    "name_control": "Tên tệp có ký tự điều khiển không nhìn thấy. Gõ lại tên tệp rồi tải lên.",
    "name_stream": "Tên tệp có dấu hai chấm. Thay bằng dấu gạch ngang rồi tải lên.",
    "name_device": "Tên tệp trùng tên thiết bị của Windows ({name}). Đổi tên khác rồi tải lên.",
    "name_bidi": "Tên tệp có ký tự đảo chiều chữ để giấu đuôi thật. Gõ lại tên tệp rồi tải lên.",
    "name_long": "Tên tệp dài {length} byte, vượt mức 255. Rút ngắn tên rồi tải lên.",
    "name_dot_end": "Tên tệp kết thúc bằng dấu chấm. Bỏ dấu chấm cuối rồi tải lên.",
    "name_symbols": "Tên tệp có ký tự không dùng được trong tên ({found}). Bỏ các ký tự đó rồi tải lên.",
    "name_extension": "Tên tệp ghi đuôi .{extension} nhưng nội dung là {kind}. Đổi lại đúng đuôi rồi tải lên.",
    "name_unknown_extension": "Trạm không nhận đuôi .{extension}. Nội dung tệp là {kind}, đặt đuôi .{right} rồi tải lên.",
}

KINDS = {
    "zip_renamed": f"{ACCEPTED} Tệp này là ZIP đổi đuôi.",
    "zip_archive": f"{ACCEPTED} Tệp này là ZIP: giải nén rồi tải từng tệp bên trong.",
    "rar": f"{ACCEPTED} Tệp này là RAR: giải nén rồi tải từng tệp bên trong.",
    "seven_zip": f"{ACCEPTED} Tệp này là 7-Zip: giải nén rồi tải từng tệp bên trong.",
    "tar": f"{ACCEPTED} Tệp này là gói nén kiểu TAR, GZ, BZ2 hoặc XZ: mở gói rồi tải từng tệp bên trong.",
    "cabinet": f"{ACCEPTED} Tệp này là gói cài đặt CAB hoặc ảnh đĩa: lấy văn bản bên trong ra rồi tải lên.",
    "windows_program": f"{ACCEPTED} Tệp này là chương trình Windows. Nếu nhận qua thư, đừng mở, báo quản trị.",
    "linux_program": f"{ACCEPTED} Tệp này là chương trình Linux hoặc macOS. Báo quản trị nếu không rõ nguồn.",
    "java_program": f"{ACCEPTED} Tệp này là chương trình Java hoặc Android. Báo quản trị nếu không rõ nguồn.",
    "script": f"{ACCEPTED} Tệp này là tập lệnh chạy được trên máy. Chép phần chữ sang Word rồi lưu .docx.",
    "javascript": f"{ACCEPTED} Tệp này là mã JavaScript. Chép phần chữ sang Word rồi lưu .docx.",
    "php": f"{ACCEPTED} Tệp này là mã PHP của trang web. Xuất trang cần gửi thành PDF rồi tải lên.",
    "shortcut": f"{ACCEPTED} Tệp này là lối tắt của Windows. Tải lên chính tệp mà lối tắt trỏ tới.",
    "html": f"{ACCEPTED} Tệp này là trang web HTML. Mở bằng trình duyệt, in thành PDF rồi tải lên.",
    "xhtml": f"{ACCEPTED} Tệp này là trang web XHTML. In trang thành PDF rồi tải lên.",
    "svg": f"{ACCEPTED} Tệp này là hình vẽ SVG, có thể chứa mã lệnh. Xuất ra PNG hoặc PDF rồi tải lên.",
    "mht": f"{ACCEPTED} Tệp này là trang web gói MHT. Mở ra, in thành PDF rồi tải lên.",
    "email": f"{ACCEPTED} Tệp này là một thư điện tử. Lưu các tệp đính kèm rồi tải từng tệp, hoặc in thư thành PDF.",
    "xml": f"{ACCEPTED} Tệp này là dữ liệu XML. Gói liên thông thì nạp ở mục Liên thông; còn lại in thành PDF.",
    "rtf": f"{ACCEPTED} Tệp này là RTF. Mở bằng Word, lưu lại dạng .docx rồi tải lên.",
    "gif": f"{ACCEPTED} Tệp này là ảnh GIF. Mở ảnh, lưu lại dạng PNG rồi tải lên.",
    "webp": f"{ACCEPTED} Tệp này là ảnh WebP. Mở ảnh, lưu lại dạng JPG rồi tải lên.",
    "heic": f"{ACCEPTED} Tệp này là ảnh HEIC hoặc AVIF. Trên điện thoại chọn định dạng “Tương thích nhất” hoặc gửi JPG.",
    "tiff": f"{ACCEPTED} Tệp này là ảnh TIFF. Chọn quét ra PDF hoặc lưu lại dạng JPG rồi tải lên.",
    "bitmap": f"{ACCEPTED} Tệp này là ảnh BMP hoặc ICO. Mở ảnh, lưu lại dạng PNG rồi tải lên.",
    "photoshop": f"{ACCEPTED} Tệp này là bản vẽ Photoshop. Xuất ra PDF hoặc PNG rồi tải lên.",
    "postscript": f"{ACCEPTED} Tệp này là PostScript, một dạng mã lệnh in. Xuất ra PDF rồi tải lên.",
    "video": f"{ACCEPTED} Tệp này là phim. Ghi vào USB và ghi nhận kèm văn bản.",
    "audio": f"{ACCEPTED} Tệp này là âm thanh. Ghi vào USB và ghi nhận kèm văn bản.",
    "font": f"{ACCEPTED} Tệp này là phông chữ. Nhúng phông vào PDF khi xuất thay vì gửi riêng.",
    "database": f"{ACCEPTED} Tệp này là cơ sở dữ liệu. Xuất bảng cần gửi ra XLSX rồi tải lên.",
    "old_word": f"{ACCEPTED} Tệp này là Word kiểu cũ (.doc). Mở bằng Word, lưu lại dạng .docx rồi tải lên.",
    "old_excel": f"{ACCEPTED} Tệp này là Excel kiểu cũ (.xls). Mở bằng Excel, lưu lại dạng .xlsx rồi tải lên.",
    "old_powerpoint": f"{ACCEPTED} Tệp này là PowerPoint kiểu cũ (.ppt). Xuất ra PDF rồi tải lên.",
    "outlook_mail": f"{ACCEPTED} Tệp này là thư Outlook (.msg). Lưu các tệp đính kèm rồi tải từng tệp.",
    "old_compound": f"{ACCEPTED} Tệp này là gói OLE kiểu cũ của Windows. Mở bằng phần mềm đã tạo, xuất ra PDF.",
    "presentation": f"{ACCEPTED} Tệp này là bản trình chiếu PowerPoint. Xuất ra PDF rồi tải lên.",
    "opendocument": f"{ACCEPTED} Tệp này là OpenDocument. Trong LibreOffice lưu lại dạng .docx hoặc .xlsx.",
    "ebook": f"{ACCEPTED} Tệp này là sách điện tử EPUB. Xuất ra PDF rồi tải lên.",
    "eicar": "Tệp chứa mẫu thử vi-rút EICAR. Không tải lên; báo quản trị kiểm tra máy đã gửi tệp này.",
    "text_binary": "Tệp .txt này chứa dữ liệu nhị phân, không phải chữ. Mở bằng phần mềm đã tạo, xuất ra PDF.",
    "text_markup": "Tệp .txt này chứa mã trang web. Mở bằng trình duyệt, in thành PDF rồi tải lên.",
    "unknown": f"{ACCEPTED} Không nhận ra nội dung tệp này. Mở bằng phần mềm đã tạo, xuất ra PDF rồi tải lên.",
}

ZIPS = {
    "zip_cut": "Tệp bị cắt cụt, thiếu phần cuối. Chép hoặc tải lại từ nguồn rồi gửi lại.",
    "zip_damaged": "Tệp hỏng ở phần {entry}. Mở bằng Word hoặc Excel, chọn sửa chữa, lưu lại rồi tải lên.",
    "zip_directory": "Mục lục bên trong tệp bị hỏng nên không đọc được. Mở bằng Office, lưu thành tệp mới rồi tải lên.",
    "zip_many": "Tệp gói {count} phần, vượt mức {limit}. Lưu lại từ Word hoặc Excel thành tệp mới.",
    "zip_ratio": "Tệp là bom nén: {entry} phình ra gấp {ratio} lần. Không tải lên; báo quản trị nếu không rõ nguồn.",
    "zip_total": "Giải nén tệp này sẽ thành {size}, vượt mức {limit}. Chia nhỏ tài liệu rồi tải lên.",
    "zip_overlap": "Các phần trong tệp nằm chồng lên nhau, kiểu bom nén. Lưu lại từ Word hoặc Excel thành tệp mới.",
    "zip_nested": "Tệp có gói nén lồng bên trong ({entry}). Lấy gói đó ra, gửi từng tệp riêng.",
    "zip_locked_part": "Một phần trong tệp bị khóa mật khẩu ({entry}). Bỏ mật khẩu rồi tải lại.",
    "zip_method": "Tệp dùng kiểu nén lạ ở phần {entry}. Mở bằng Office, lưu lại rồi tải lên.",
    "zip_symlink": "Trong tệp có liên kết trỏ ra ngoài ({entry}). Lưu lại từ Word hoặc Excel thành tệp mới.",
    "zip_parent": "Trong tệp có phần mang tên “..” để ghi ra thư mục khác. Không tải lên; báo quản trị.",
    "zip_absolute": "Trong tệp có phần mang đường dẫn đầy đủ của máy. Lưu lại từ Word hoặc Excel thành tệp mới.",
    "zip_backslash": "Trong tệp có phần mang tên chứa dấu gạch chéo ngược. Mở bằng Office, lưu lại rồi tải lên.",
    "zip_nul": "Trong tệp có phần mang tên chứa ký tự rỗng. Không tải lên; báo quản trị.",
    "zip_stream": "Trong tệp có phần mang tên chứa dấu hai chấm để ghi vào luồng ẩn. Không tải lên; báo quản trị.",
    "zip_device": "Trong tệp có phần trùng tên thiết bị Windows. Lưu lại từ Word hoặc Excel thành tệp mới.",
    "zip_bidi": "Trong tệp có phần mang tên đảo chiều chữ. Không tải lên; báo quản trị.",
    "zip_long": "Trong tệp có phần mang tên dài quá 255 byte. Lưu lại từ Word hoặc Excel thành tệp mới.",
    "zip_newline": "Trong tệp có phần mang tên nhiều dòng hoặc ký tự ẩn. Không tải lên; báo quản trị.",
    "zip_twice": "Trong tệp có hai phần trùng tên {entry}. Mở bằng Office, lưu lại rồi tải lên.",
    "zip_tail": "Sau phần cuối của tệp còn dữ liệu lạ. Mở bằng Office, lưu lại rồi tải lên.",
    "zip_gap": "Giữa các phần của tệp có dữ liệu giấu. Mở bằng Office, lưu lại rồi tải lên.",
    "zip_two_faces": "Hai mục lục trong tệp khai khác nhau về phần {entry}. Mở bằng Office, lưu lại rồi tải lên.",
    "zip_split": "Tệp là một phần của gói nén chia nhiều tập. Ghép đủ các tập rồi tải từng tệp bên trong.",
}

OFFICE = {
    "office_many": "Tệp có hơn {limit} ô, dòng và đoạn. Chép phần cần gửi sang tệp mới, hoặc chia thành nhiều tệp.",
    "office_locked": "Tệp có mật khẩu. Bỏ mật khẩu rồi tải lại.",
    "office_macro_word": "Tệp Word này có macro. Lưu lại dạng .docx rồi tải lên.",
    "office_macro_excel": "Tệp Excel này có macro. Lưu lại dạng .xlsx rồi tải lên.",
    "office_macro_hidden": "Tệp giấu macro dưới đuôi thường ({entry}). Mở bằng Office, lưu thành tệp .docx hoặc .xlsx mới.",
    "office_macro_sheet": "Tệp Excel này có trang macro 4.0. Xóa trang macro, lưu lại dạng .xlsx rồi tải lên.",
    "office_xlsb": "Tệp Excel này ở dạng nhị phân (.xlsb). Lưu lại dạng .xlsx rồi tải lên.",
    "office_template_kind": "Tệp là bản mẫu (.dotx hoặc .xltx). Mở ra, lưu thành .docx hoặc .xlsx rồi tải lên.",
    "office_ole": "Tệp nhúng đối tượng OLE ({entry}). Xóa đối tượng nhúng, gửi tệp đó riêng.",
    "office_embedded": "Tệp nhúng một tài liệu khác ({entry}). Lấy tài liệu đó ra, tải lên riêng.",
    "office_activex": "Tệp có nút điều khiển ActiveX. Xóa các nút đó rồi tải lại.",
    "office_program": "Tệp giấu một chương trình bên trong ({entry}). Không tải lên; báo quản trị.",
    "office_eicar": "Bên trong tệp có mẫu thử vi-rút EICAR ({entry}). Không tải lên; báo quản trị.",
    "office_template": "Tệp gọi bản mẫu từ nơi khác ({target}). Gỡ bản mẫu trong mục Mẫu và phần bổ trợ rồi tải lại.",
    "office_outside_object": "Tệp gọi đối tượng từ nơi khác ({target}). Ngắt liên kết trong Office rồi tải lại.",
    "office_outside_picture": "Tệp gọi hình từ nơi khác ({target}). Nhúng hình vào văn bản rồi tải lại.",
    "office_outside_sheet": "Bảng tính lấy số từ tệp khác ({target}). Ngắt liên kết trong mục Dữ liệu rồi tải lại.",
    "office_outside_part": "Tệp gọi một phần nội dung từ nơi khác ({target}). Ngắt liên kết đó rồi tải lại.",
    "office_script_link": "Tệp có liên kết chạy lệnh ({target}). Xóa liên kết đó rồi tải lại.",
    "office_dde_word": "Tệp Word này có trường DDE chạy lệnh. Xóa trường đó rồi tải lại.",
    "office_dde_excel": "Tệp Excel này có liên kết DDE chạy lệnh. Ngắt liên kết đó rồi tải lại.",
    "office_include": "Tệp Word này tự kéo nội dung từ nơi khác vào. Chuyển trường thành chữ thường rồi tải lại.",
    "office_chunk": "Tệp Word này nhúng một trang web hoặc văn bản lạ. Chép nội dung sang tệp mới rồi tải lên.",
    "office_connection": "Bảng tính có kết nối dữ liệu ra ngoài. Xóa kết nối trong mục Dữ liệu rồi tải lại.",
    "office_web_formula": "Bảng tính có công thức gọi ra mạng (WEBSERVICE). Đổi công thức thành giá trị rồi tải lại.",
    "office_doctype": "Phần XML trong tệp có khai báo DOCTYPE ({entry}). Mở bằng Office, lưu lại rồi tải lên.",
    "office_encoding": "Phần XML trong tệp dùng bảng mã lạ ({entry}). Mở bằng Office, lưu lại rồi tải lên.",
    "office_xml": "Phần XML trong tệp bị hỏng ({entry}). Mở bằng Office, chọn sửa chữa, lưu lại rồi tải lên.",
    "office_deep": "Phần XML trong tệp lồng quá nhiều tầng ({entry}). Mở bằng Office, lưu lại rồi tải lên.",
    "office_no_body": "Tệp thiếu phần nội dung chính. Mở bằng Office, lưu thành tệp mới rồi tải lên.",
    "office_picture": "Hình trong tệp khai {size} điểm ảnh, vượt mức {limit}. Thu nhỏ hình rồi tải lại.",
}

PDFS = {
    "pdf_late": "Trước phần đầu PDF có dữ liệu lạ. In lại thành PDF rồi tải lên.",
    "pdf_tail": "Sau phần cuối PDF có dữ liệu lạ. In lại thành PDF rồi tải lên.",
    "pdf_markup": "Tệp PDF giấu mã trang web bên trong. In lại thành PDF rồi tải lên.",
    "pdf_zip": "Tệp PDF giấu một gói nén bên trong. In lại thành PDF rồi tải lên.",
    "pdf_cut": "Tệp PDF bị cắt cụt, thiếu phần cuối. Chép hoặc quét lại rồi tải lên.",
    "pdf_damaged": "Tệp PDF hỏng, không mở được. Xuất hoặc quét lại rồi tải lên.",
    "pdf_page": "Không mở được trang {page}. Quét lại từ trang này.",
    "pdf_no_pages": "Tệp PDF không có trang nào. Xuất hoặc quét lại rồi tải lên.",
    "pdf_many_pages": "Tệp PDF có {pages} trang, vượt mức {limit}. Chia thành nhiều tệp rồi tải lên.",
    "pdf_slow": "Tệp PDF quá rối nên không đọc xong trong {seconds} giây. In lại thành PDF rồi tải lên.",
    "pdf_locked": "Tệp PDF có mật khẩu mở. Bỏ mật khẩu rồi tải lại.",
    "pdf_restricted": "Tệp PDF khóa quyền in hoặc chép. Xuất lại bản không khóa rồi tải lên.",
    "pdf_javascript": "Tệp PDF có mã JavaScript. In lại thành PDF rồi tải lên.",
    "pdf_launch": "Tệp PDF có lệnh mở chương trình trên máy. Không mở tệp; in lại từ nguồn thành PDF mới.",
    "pdf_open_link": "Tệp PDF tự mở trang mạng khi xem. In lại thành PDF rồi tải lên.",
    "pdf_submit": "Tệp PDF có nút gửi dữ liệu ra ngoài. In lại thành PDF rồi tải lên.",
    "pdf_remote": "Tệp PDF trỏ sang tệp khác trên máy hoặc trên mạng. In lại thành PDF rồi tải lên.",
    "pdf_embedded": "Tệp PDF nhúng tệp khác bên trong. Lấy tệp đó ra, tải lên riêng.",
    "pdf_attachment_note": "Tệp PDF có ghi chú kẹp tệp. Xóa ghi chú đó rồi tải lại.",
    "pdf_portfolio": "Tệp PDF là một cặp nhiều tài liệu. Tách ra, tải từng tài liệu.",
    "pdf_xfa": "Tệp PDF là biểu mẫu động XFA. In ra PDF thường rồi tải lên.",
    "pdf_rich_media": "Tệp PDF nhúng nội dung Flash hoặc RichMedia. In lại thành PDF rồi tải lên.",
    "pdf_multimedia": "Tệp PDF nhúng phim, âm thanh hoặc mô hình 3D. In lại thành PDF rồi tải lên.",
    "pdf_outside_stream": "Tệp PDF lấy nội dung từ tệp khác. In lại thành PDF rồi tải lên.",
    "pdf_bomb": "Tệp PDF là bom nén, phình ra quá mức. Không tải lên; báo quản trị nếu không rõ nguồn.",
    "pdf_filters": "Tệp PDF nén chồng nhiều lớp khác thường. In lại thành PDF rồi tải lên.",
    "pdf_packing": "Tệp PDF gói các phần theo kiểu lạ nên không kiểm được. In lại thành PDF rồi tải lên.",
    "pdf_picture": "Hình trong PDF khai {size} điểm ảnh, vượt mức {limit}. Quét lại ở 300 dpi rồi tải lên.",
    "pdf_page_size": "Trang {page} của PDF khai khổ {width} × {height} mm, quá lớn. Xuất lại đúng khổ giấy.",
}

IMAGES = {
    "image_pixels": "Ảnh khai {size} điểm ảnh, vượt mức {limit}. Thu nhỏ ảnh rồi tải lại.",
    "image_no_size": "Ảnh khai chiều rộng hoặc chiều cao bằng 0. Chụp hoặc quét lại rồi tải lên.",
    "image_markup": "Ảnh giấu mã lệnh trong phần ghi chú. Mở ảnh, lưu thành tệp mới rồi tải lên.",
    "image_metadata": "Phần ghi chú của ảnh quá lớn ({size}). Mở ảnh, lưu thành tệp mới rồi tải lên.",
    "image_zip": "Sau ảnh có giấu một gói nén. Mở ảnh, lưu thành tệp mới rồi tải lên.",
    "image_script": "Sau ảnh có giấu mã lệnh. Mở ảnh, lưu thành tệp mới rồi tải lên.",
    "image_program": "Sau ảnh có giấu một chương trình. Không tải lên; báo quản trị.",
    "jpeg_tail": "Sau phần cuối ảnh JPG có dữ liệu khác. Mở ảnh, lưu thành tệp mới rồi tải lên.",
    "jpeg_cut": "Ảnh JPG bị cắt cụt. Chụp, quét hoặc tải lại từ nguồn rồi gửi lại.",
    "jpeg_damaged": "Ảnh JPG hỏng, không mở được. Chụp hoặc quét lại rồi tải lên.",
    "jpeg_two_sizes": "Ảnh JPG khai hai kích thước khác nhau. Mở ảnh, lưu thành tệp mới rồi tải lên.",
    "png_tail": "Sau phần cuối ảnh PNG có dữ liệu khác. Mở ảnh, lưu thành tệp mới rồi tải lên.",
    "png_cut": "Ảnh PNG bị cắt cụt. Chụp, quét hoặc tải lại từ nguồn rồi gửi lại.",
    "png_damaged": "Ảnh PNG hỏng ở khối {chunk}. Mở ảnh, lưu thành tệp mới rồi tải lên.",
    "png_short": "Ảnh PNG thiếu điểm ảnh so với kích thước đã khai. Lưu ảnh thành tệp mới rồi tải lên.",
    "png_long": "Ảnh PNG chứa nhiều dữ liệu hơn kích thước đã khai. Lưu ảnh thành tệp mới rồi tải lên.",
    "png_animated": "Ảnh PNG này là ảnh động nhiều khung. Lưu khung cần gửi thành ảnh tĩnh rồi tải lên.",
    "png_text_bomb": "Phần ghi chú nén của ảnh PNG phình ra quá mức. Mở ảnh, lưu thành tệp mới rồi tải lên.",
}

SOUNDS = {
    "sound_kind": "Bản ghi âm ở dạng {kind}, nhiều điện thoại không phát được. Xuất ra MP3 hoặc M4A rồi đưa vào lại.",
    "sound_too_big": "Bản ghi âm {size} lớn hơn mức {limit}. Xuất lại MP3 một kênh, 48 kbit/giây, hoặc chia thành nhiều bản.",
    "sound_long": "Bản ghi âm dài {length}, vượt mức {limit}. Cắt lấy phần cần nghe hoặc chia thành nhiều bản.",
    "sound_empty": "Bản ghi không có âm thanh nào. Nghe lại trên máy đã ghi, xuất lại rồi đưa vào.",
    "sound_slow": "Bản ghi âm quá rối nên không đọc xong trong {seconds} giây. Mở bằng phần mềm ghi âm, xuất ra MP3 mới.",
    "sound_zip": "Bản ghi âm giấu một gói nén. Mở bằng phần mềm ghi âm, xuất ra tệp mới rồi đưa vào.",
    "sound_script": "Bản ghi âm giấu mã trang web hoặc mã lệnh. Mở bằng phần mềm ghi âm, xuất ra tệp mới rồi đưa vào.",
    "sound_program": "Bản ghi âm giấu một chương trình. Không đưa vào; báo quản trị.",
    "sound_foreign": "Giữa hoặc sau phần âm thanh có dữ liệu lạ. Mở bằng phần mềm ghi âm, xuất ra tệp mới rồi đưa vào.",
    "mp3_tag": "Phần ghi chú của tệp MP3 khai sai độ dài. Mở bằng phần mềm ghi âm, xuất ra MP3 mới rồi đưa vào.",
    "mp3_cut": "Tệp MP3 bị cắt cụt. Chép hoặc tải lại từ nguồn, nghe thử tới hết rồi đưa vào.",
    "mp3_damaged": "Tệp MP3 hỏng ở phần âm thanh. Mở bằng phần mềm ghi âm, xuất ra MP3 mới rồi đưa vào.",
    "m4a_cut": "Tệp M4A bị cắt cụt hoặc thiếu mục lục. Chép lại từ máy đã ghi, nghe thử tới hết rồi đưa vào.",
    "m4a_damaged": "Mục lục trong tệp M4A sai nên không đọc được. Xuất lại M4A hoặc MP3 rồi đưa vào.",
    "m4a_split": "Tệp M4A này chia thành nhiều mảnh để phát trực tuyến. Xuất lại M4A hoặc MP3 liền một tệp.",
    "m4a_film": "Tệp này có cả hình. Xuất riêng phần tiếng ra M4A hoặc MP3 rồi đưa vào.",
    "m4a_several": "Tệp M4A có nhiều đường tiếng. Chọn một đường, xuất ra tệp mới rồi đưa vào.",
    "m4a_codec": "Tệp M4A nén bằng {codec}, nhiều điện thoại không phát được. Xuất lại M4A kiểu AAC, hoặc MP3.",
    "m4a_channels": "Tệp M4A không phải tiếng một hoặc hai kênh. Xuất lại một kênh rồi đưa vào.",
    "m4a_locked": "Tệp M4A khóa bản quyền nên không ai khác phát được. Dùng bản ghi của chính cơ quan.",
    "ogg_cut": "Tệp Ogg bị cắt cụt. Chép hoặc tải lại từ nguồn, nghe thử tới hết rồi đưa vào.",
    "ogg_damaged": "Tệp Ogg hỏng ở phần âm thanh. Mở bằng phần mềm ghi âm, xuất ra tệp mới rồi đưa vào.",
    "ogg_several": "Tệp Ogg ghép nhiều đường tiếng. Chọn một đường, xuất ra tệp mới rồi đưa vào.",
    "ogg_codec": "Tệp Ogg nén bằng {codec}, nhiều điện thoại không phát được. Xuất ra MP3 hoặc M4A rồi đưa vào.",
    "ogg_channels": "Tệp Ogg không phải tiếng một hoặc hai kênh. Xuất lại một kênh rồi đưa vào.",
}

SHEETS = {
    "sheet_kind": "Bảng số liệu phải là XLSX hoặc CSV. Tệp này là {kind}: chép bảng sang Excel, lưu dạng .xlsx rồi đưa vào.",
    "sheet_too_big": "Bảng lớn hơn mức {limit}. Một bảng số liệu chỉ vài trăm KB: bỏ ảnh, bỏ trang thừa rồi lưu lại.",
    "sheet_vast": "Bảng mở ra quá lớn, thường vì hàng triệu ô trống đã định dạng. Chép riêng vùng có số liệu sang tệp mới rồi đưa vào.",
    "sheet_many": "Bảng có hơn {limit} dòng. Chia thành nhiều bảng, đưa vào lần lượt.",
    "sheet_none": "Trang tính nào trong tệp cũng bị ẩn. Bỏ ẩn trang có số liệu, lưu lại rồi đưa vào.",
    "sheet_damaged": "Không đọc được trang tính trong tệp. Mở bằng Excel, lưu thành tệp .xlsx mới rồi đưa vào.",
    "csv_coding": "Chữ trong tệp CSV dùng bảng mã {coding}, không phải Unicode. Lưu lại kiểu “CSV UTF-8”, hoặc .xlsx, rồi đưa vào.",
    "csv_quotes": "Dòng {line} của tệp CSV có dấu nháy kép mở mà không đóng, hoặc ô quá dài. Sửa dòng ấy rồi đưa vào.",
}

SECRETS = {
    "secret": "Văn bản đóng dấu MẬT không đưa vào hệ thống này. Ghi số vào sổ văn bản mật, giữ và chuyển bản giấy.",
    "top_secret": (
        "Văn bản đóng dấu TỐI MẬT không đưa vào hệ thống này. "
        "Ghi số vào sổ văn bản mật, chuyển bản giấy cho người được giao giữ."
    ),
    "absolute_secret": (
        "Văn bản đóng dấu TUYỆT MẬT không đưa vào hệ thống này. "
        "Ghi số (không ghi trích yếu) vào sổ văn bản mật, chuyển tận tay người có thẩm quyền."
    ),
}

SENTENCES: dict[str, str] = {
    **SIZES,
    **NAMES,
    **KINDS,
    **ZIPS,
    **OFFICE,
    **PDFS,
    **IMAGES,
    **SOUNDS,
    **SHEETS,
    **SECRETS,
}

TOO_MANY_UPLOADS = "Bạn đang có {count} tệp tải dở, cộng {size}. Gửi nốt hoặc bỏ bớt rồi tải tiếp."
UPLOAD_GONE = "Phần đã gửi của tệp này để quá một ngày nên đã dọn. Chọn lại tệp để gửi từ đầu."
UPLOAD_PART = "Tệp chưa gửi xong: mới {received} trên {size}. Gửi nốt rồi làm lại bước này."
DISK_FULL = "Hệ thống tạm chỉ đọc, đang xử lý. Việc đang soạn vẫn được giữ."
NO_PAGE_IMAGE = "Không vẽ được trang này. Tải bản gốc về để xem."
